"""The list of apps."""

from pydantic import Field

from ganger.platform import WorkerInfo
from ganger.records import Record


class AppSummary(Record):
    """One app of the portal."""

    id: str
    title: str
    mount: str = Field(description="path prefix on the staff host")
    in_service: bool = Field(description="false: its pages only say that it is not built yet")

    @classmethod
    def of(cls, app: WorkerInfo) -> "AppSummary":
        """The summary of a staff app."""
        return cls(id=app.id, title=app.title, mount=app.mount or "/", in_service=app.in_service)
