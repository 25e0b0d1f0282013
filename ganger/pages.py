"""Pages: templates compiled ahead, rendered with what the layout needs."""

from collections.abc import Mapping

from jinja2 import BaseLoader

from ganger.identity import Person
from ganger.permissions import is_shown
from ganger.platform import WorkerInfo
from ganger.ui.calls import Macro
from ganger.ui.environment import make_environment


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

    def apps_of(self, person: Person | None) -> tuple[WorkerInfo, ...]:
        """The apps that the navigation shows to the person."""
        return tuple(app for app in self._apps if person is not None and is_shown(person, app))

    def render(self, template: str, values: Mapping[str, object]) -> str:
        """The markup of a page; the layout asks for the values that `Context.page` gives."""
        found = self._environment.get_template(template)
        return found.render(asset=self.asset, **values)

    def asset(self, name: str) -> str:
        """The URL path of a static file."""
        return self._assets[name]

    @property
    def library(self) -> Mapping[str, Macro]:
        """The components as functions; what counts ids runs inside `counted_ids`."""
        return vars(self._environment.get_template("ui/components.html").module)
