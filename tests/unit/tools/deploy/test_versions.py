"""To which version a worker goes back."""

from tools.deploy.versions import Version, message_of, tag_of, way_back

OLDER = Version("v1", "aaaa", "1111 Inventory")
OLD = Version("v2", "bbbb", "2222 Inventory")
NEW = Version("v3", "cccc", "3333 Inventory")


def test_what_a_commit_deployed_goes_back_to_what_answered_before():
    assert way_back([NEW, OLD, OLDER], "3333") == OLD


def test_a_commit_deployed_twice_is_taken_back_as_a_whole():
    again = Version("v4", "cccc", "3333 Inventory")
    assert way_back([again, NEW, OLD], "3333") == OLD


def test_a_worker_that_the_commit_did_not_touch_stays():
    assert way_back([OLD, OLDER], "3333") is None


def test_a_longer_commit_is_another_one():
    assert way_back([NEW, OLD], "333") is None


def test_without_a_commit_the_version_before_answers_again():
    assert way_back([NEW, OLD], None) == OLD


def test_a_repeated_deployment_of_one_version_is_no_version_before():
    assert way_back([NEW, NEW, OLD], None) == OLD


def test_a_worker_that_was_never_deployed_stays():
    assert way_back([], None) is None


def test_the_first_version_of_a_worker_has_none_before_it():
    assert way_back([NEW], "3333") is None


def test_tag_and_message_stay_within_what_cloudflare_takes():
    assert len(tag_of("f" * 64)) <= 25
    assert len(message_of("f" * 40, "A title " * 20)) <= 100
