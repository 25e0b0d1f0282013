"""The catalogue: what it holds and what a search finds."""

import pytest

from app_workers.showcase.domain.catalogue import MANIFESTS, entries, found
from app_workers.showcase.domain.patterns import form_errors
from app_workers.showcase.domain.people import listed, people
from app_workers.showcase.models import CatalogueQuery, PatternQuery
from ganger.ui.manifest import COMPONENTS, Group
from tests.unit.showcase.factories import TODAY, make_review

ALL = entries({"button": make_review(version=MANIFESTS["button"].version)}, TODAY)


def slugs(**asked):
    return [entry.manifest.slug for entry in found(ALL, CatalogueQuery(**asked))]


def test_there_are_29_manifests_with_more_than_150_examples_in_the_order_of_groups():
    assert len(ALL) == 29
    assert sum(len(component.examples) for component in COMPONENTS) >= 150
    groups = [entry.manifest.group for entry in ALL]
    assert groups == sorted(groups, key=list(Group).index)


def test_every_manifest_says_what_a_page_of_it_needs():
    for manifest in MANIFESTS.values():
        assert manifest.purpose and manifest.rules and manifest.do and manifest.dont and manifest.examples


def test_a_search_finds_words_of_name_and_purpose():
    assert slugs(search="BUTTON") == ["button"]
    assert "modal" in slugs(search="small work")
    assert slugs(search="nothing like it") == []


def test_filters_narrow_by_group_and_by_review():
    assert slugs(group="Brand") == ["logo"]
    assert slugs(review="current") == ["button"]
    assert len(slugs(review="due")) == 28


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"place": "Wixom", "direction": "desc"}, sorted),
        ({"sort": "role", "page": 9}, None),
    ],
)
def test_the_pattern_of_a_table_filters_sorts_and_pages(asked, names):
    shown = listed(PatternQuery(**asked))
    assert 1 <= len(shown.rows) <= 5
    if names:
        assert {row["place"] for row in shown.rows} == {"Wixom"}
        assert [row["name"] for row in shown.rows] == sorted(
            (row["name"] for row in shown.rows), reverse=True
        )
    assert shown.total == len([row for row in people() if asked.get("place") in (None, row["place"])])


def test_the_pattern_of_a_form_says_what_is_wrong_with_each_field():
    assert form_errors({"name": "Pat", "email": "pat@example.test", "reason": "To try"}) == {}
    assert list(form_errors({"email": "pat"})) == ["name", "email", "reason"]
