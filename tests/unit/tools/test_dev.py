"""What `ganger dev` refuses before it starts anything."""

import socket

import pytest

from tools.dev import DevProblem, chosen_ids, own_state, require_free
from tools.registry import RegistryError, load_registry


def test_the_router_identity_and_portal_always_run():
    assert chosen_ids(["meds"]) == ["router", "management", "meds", "auth"]


def test_all_workers_run_when_none_is_named():
    assert chosen_ids([]) == list(load_registry().workers)


def test_an_unknown_id_is_refused_with_the_known_ones():
    with pytest.raises(RegistryError, match=r"No such worker: nonsense\. Known: router,"):
        chosen_ids(["nonsense"])


def test_a_port_that_another_program_has_is_refused():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(DevProblem, match=f"Port {port} is taken by another program"):
            require_free(port)


def test_a_number_that_is_no_port_is_refused():
    with pytest.raises(DevProblem, match="Port 70000 cannot be used here"):
        require_free(70_000)


def test_a_new_folder_becomes_ours_and_keeps_what_it_holds(tmp_path):
    folder = tmp_path / "deep" / "new"
    with own_state(folder, fresh=False):
        (folder / "d1").mkdir()
    with own_state(folder, fresh=False):
        assert (folder / "d1").is_dir()


def test_fresh_empties_a_folder_of_ours_and_follows_no_link(tmp_path):
    state, elsewhere = tmp_path / "state", tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "letter.txt").write_text("Dear Pat")
    with own_state(state, fresh=False):
        (state / "d1").mkdir()
        (state / "link").symlink_to(elsewhere)
    with own_state(state, fresh=True):
        assert not (state / "d1").exists() and not (state / "link").exists()
    assert (elsewhere / "letter.txt").exists()
    with own_state(state, fresh=True):
        pass  # still ours


@pytest.mark.parametrize("fresh", [False, True])
def test_a_folder_with_foreign_files_is_refused_untouched(tmp_path, fresh):
    (tmp_path / "letter.txt").write_text("Dear Pat")
    with pytest.raises(DevProblem, match="holds other things than our data"), own_state(tmp_path, fresh):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_file_is_no_state_folder(tmp_path):
    file = tmp_path / "state"
    file.touch()
    with pytest.raises(DevProblem, match="holds other things"), own_state(file, fresh=True):
        pass


def test_two_processes_never_share_a_state_folder(tmp_path):
    with (
        own_state(tmp_path, fresh=False),
        pytest.raises(DevProblem, match="Another `ganger dev` uses"),
        own_state(tmp_path, fresh=True),
    ):
        pass
