"""Which app a path belongs to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ganger.platform import WorkerInfo
from router_worker.mounts import app_for, by_mount_length
from tools.registry import Kind, load_registry

MOUNTS = [worker.mount or "" for worker in load_registry().of_kind(Kind.STAFF)]

segments = st.text(st.characters(codec="ascii", exclude_characters="/?#"), min_size=1, max_size=12)
tails = st.lists(segments, max_size=5).map(lambda parts: "".join(f"/{part}" for part in parts))


def make_app(mount: str) -> WorkerInfo:
    return WorkerInfo(
        id=mount.strip("/") or "management",
        kind="staff",
        name=f"ganger-{mount.strip('/')}",
        title=mount,
        purpose="",
        in_service=True,
        busy=False,
        group="core",
        mount=mount,
        host=None,
        binding="APP",
    )


APPS = by_mount_length([make_app(mount) for mount in MOUNTS])


def mount_for(path: str) -> str | None:
    return app_for(APPS, path).mount


@given(st.sampled_from([mount for mount in MOUNTS if mount != "/"]), tails)
def test_everything_below_a_mount_belongs_to_its_app(mount, tail):
    assert mount_for(mount + tail) == mount


@given(st.sampled_from(MOUNTS), tails, st.randoms())
def test_letter_case_never_counts(mount, tail, random):
    path = mount.rstrip("/") + tail or "/"
    mixed = "".join(random.choice((letter.lower(), letter.upper())) for letter in path)
    assert mount_for(mixed) == mount_for(path.lower())


@given(st.sampled_from([mount for mount in MOUNTS if mount != "/"]), segments, tails)
def test_a_longer_first_segment_is_another_address(mount, more, tail):
    assert mount_for(mount + more + tail) == "/"


@given(tails)
def test_every_path_belongs_to_exactly_one_app_by_its_first_segment(tail):
    path = tail or "/"
    first = "/" + path.split("/")[1].lower()
    assert mount_for(path) == (first if first in MOUNTS else "/")


@given(st.lists(segments, min_size=1, max_size=4, unique=True), tails)
def test_of_nested_mounts_the_longest_wins(parts, tail):
    nested = ["/"] + ["/" + "/".join(parts[: n + 1]).lower() for n in range(len(parts))]
    apps = by_mount_length([make_app(mount) for mount in nested])
    assert app_for(apps, nested[-1] + tail).mount == nested[-1]


@pytest.mark.parametrize(
    ("path", "mount"),
    [
        ("/", "/"),
        ("", "/"),
        ("/inventory", "/inventory"),
        ("/inventory/", "/inventory"),
        ("/Inventory/Items", "/inventory"),
        ("/inventoryx", "/"),
        ("/inventory-old/items", "/"),
        # An empty first segment is nobody's, so the portal answers, with a page that says so.
        ("//inventory", "/"),
        ("/inventory//items", "/inventory"),
        # The runtime resolves dot segments, encoded ones too; what is left of them is plain text.
        ("/inventory/../meds", "/inventory"),
        ("/inventory%2Fitems", "/"),
        ("/%69nventory", "/"),
        ("/inventory/" + "x" * 16_000, "/inventory"),
        ("/" + "inventory" * 2_000, "/"),
    ],
)
def test_unusual_paths(path, mount):
    assert mount_for(path) == mount
