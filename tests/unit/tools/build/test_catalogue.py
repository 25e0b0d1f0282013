import ast
from pathlib import Path
from types import SimpleNamespace

import ganger.platform
from ganger.platform import WorkerInfo
from tests.unit.tools.build.factories import make_environment, make_registry
from tools.build.catalogue import catalogue_text


def catalogue_of(
    worker_id: str, assets: dict[str, str] | None = None, **environment: object
) -> SimpleNamespace:
    """The generated module, imported."""
    registry = make_registry()
    place = make_environment(**environment)
    text = catalogue_text(registry.workers[worker_id], registry, place, assets or {})
    names: dict[str, object] = {}
    exec(text, names)  # noqa: S102 - the text is our own
    return SimpleNamespace(**names)


def test_catalogue_describes_the_worker_and_all_apps_in_order():
    catalogue = catalogue_of("stock-room")
    assert isinstance(catalogue.WORKER, WorkerInfo)
    assert (catalogue.WORKER.id, catalogue.WORKER.kind) == ("stock-room", "staff")
    assert (catalogue.WORKER.title, catalogue.WORKER.mount) == ("Stock's room", "/stock")
    assert (catalogue.WORKER.host, catalogue.WORKER.binding) == (None, "STOCK_ROOM")
    assert [app.id for app in catalogue.APPS] == ["portal", "stock-room"]


def test_catalogue_of_a_service_lists_apps_and_services():
    catalogue = catalogue_of("auth")
    assert catalogue.WORKER.group is None
    assert [service.id for service in catalogue.SERVICES] == ["auth"]
    assert [app.id for app in catalogue.APPS] == ["portal", "stock-room"]


def test_catalogue_has_the_names_of_its_contract():
    contract = ast.parse(Path(ganger.platform.__file__).with_name("catalogue.pyi").read_text())
    promised = {node.target.id for node in contract.body if isinstance(node, ast.AnnAssign)}
    assert promised <= vars(catalogue_of("portal")).keys()


def test_names_and_hosts_are_those_of_the_environment():
    catalogue = catalogue_of("leaflets", name="staging", suffix="-staging")
    assert catalogue.ENVIRONMENT == "staging"
    assert catalogue.STAFF_HOST == "staff-staging.example.test"
    assert catalogue.WORKER.host == "leaflets-staging.example.test"
    assert catalogue.APPS[0].name == "ganger-portal-staging"


def test_catalogue_holds_the_static_files():
    assets = {"ui.css": "/stock/assets/ui.12345678.css", 'odd "name".js': "/x.js"}
    catalogue = catalogue_of("stock-room", assets)
    assert dict(catalogue.ASSETS) == assets
