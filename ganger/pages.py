"""Pages: templates compiled ahead, rendered with what the layout needs."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING

from jinja2 import BaseLoader

from ganger.flash import Flash
from ganger.platform import WorkerInfo
from ganger.ui.environment import make_environment

if TYPE_CHECKING:
    from ganger.context import Context


class Pages:
    """The templates of one worker.

    Args:
        loader: where the templates are; in a bundle the modules that the build compiled.
        apps: the staff apps for the navigation.
        assets: URL path of each static file by its name.
    """

    def __init__(self, loader: BaseLoader, apps: tuple[WorkerInfo, ...], assets: Mapping[str, str]) -> None:
        self._environment = make_environment(loader)
        self._apps = apps
        self._assets = assets

    def render(
        self,
        ctx: "Context",
        template: str,
        status: HTTPStatus,
        flash: Flash | None,
        values: Mapping[str, object],
    ) -> str:
        """The markup of a page."""
        return self._environment.get_template(template).render(
            app=ctx.worker,
            apps=self._apps,
            asset=self._assets.__getitem__,
            flash=flash,
            nonce=ctx.nonce,
            now=ctx.now,
            person=ctx.person,
            request_id=ctx.request_id,
            status=status.value,
            **values,
        )
