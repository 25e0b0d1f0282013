"""What heavy computing keeps of a step, and what a step makes."""

from collections.abc import Callable
from dataclasses import dataclass

from ganger.contracts.heavy import JobState
from ganger.records import Record


class Step(Record):
    """One step of a job, as the worker that claims it needs it."""

    job_id: str
    position: int
    state: JobState
    attempts: int
    upload_id: str
    version: int
    app: str
    kind: str
    requested_by: str
    location_id: str | None
    params_json: str | None

    @property
    def object_key(self) -> str:
        """Where its file is kept: always the same place, so that doing it again leaves one."""
        return f"heavy/{self.app}/{self.job_id}/{self.position}"


@dataclass(frozen=True, slots=True)
class Made:
    """The file that a step has made."""

    content: bytes
    media_type: str
    file_name: str
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """A kind of work.

    `check` refuses params that can never succeed, before anything is kept; `make` makes the file of one step.
    Both raise AppErrors for what trying again cannot mend.
    """

    check: Callable[[object], None]
    make: Callable[[object], Made]
