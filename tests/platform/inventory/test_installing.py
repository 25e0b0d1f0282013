"""The app on a phone's home screen, on the real runtime."""

import io

import pytest
from PIL import Image

pytestmark = pytest.mark.runtime

MANIFEST = "/inventory/manifest.webmanifest"


def shortcuts(platform, person):
    return [each["name"] for each in platform.get(MANIFEST, person).json()["shortcuts"]]


def test_manifest_has_pictures_of_the_sizes_that_it_says(platform):
    answer = platform.get(MANIFEST, "usr_pat")
    assert answer.headers["content-type"] == "application/manifest+json"
    manifest = answer.json()
    assert (manifest["start_url"], manifest["scope"]) == ("/inventory/", "/inventory/")
    for icon in manifest["icons"]:
        picture = Image.open(io.BytesIO(platform.get(icon["src"], "usr_pat").content))
        assert f"{picture.width}x{picture.height}" == icon["sizes"]


def test_shortcuts_are_those_of_the_person_and_lead_somewhere(platform):
    assert shortcuts(platform, "usr_pat") == ["Scan", "Low stock"]
    assert shortcuts(platform, "usr_mia") == ["Scan", "Low stock", "Add item"]
    for each in platform.get(MANIFEST, "usr_mia").json()["shortcuts"]:
        assert platform.get(each["url"], "usr_mia").status_code == 200


def test_manifest_is_for_those_who_are_signed_in(platform):
    assert platform.get(MANIFEST, headers={"accept": "application/json"}).status_code == 401
