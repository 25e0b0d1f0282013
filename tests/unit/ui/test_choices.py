"""The options of a select: which is chosen, what is in a group, and that nothing of them is markup."""

from enum import StrEnum

import pytest

from ganger.ui.choices import option_list


class Fruit(StrEnum):
    PEAR = "pear"


def option(value, label="Pear", **more):
    return {"value": value, "label": label} | more


@pytest.mark.parametrize(
    ("value", "chosen"), [("pear", Fruit.PEAR), (Fruit.PEAR, "pear"), (3, "3"), ("", "")]
)
def test_the_option_whose_value_is_the_same_as_text_is_selected(value, chosen):
    assert " selected>" in option_list([option(value)], chosen)
    assert " selected>" not in option_list([option("other")], chosen)


def test_options_of_a_group_stand_under_its_label_and_those_of_none_outside():
    options = [
        option("a", "A"),
        option("b", "B", group="Fruit"),
        option("c", "C", group="Fruit"),
        option("d", "D", group="Roots"),
    ]
    assert option_list([*options, option("e", "E")], "").replace("\n", "") == (
        '<option value="a">A</option>'
        '<optgroup label="Fruit"><option value="b">B</option><option value="c">C</option></optgroup>'
        '<optgroup label="Roots"><option value="d">D</option></optgroup>'
        '<option value="e">E</option>'
    )


def test_the_last_group_is_closed():
    assert option_list([option("a", group="Fruit")], "").endswith("</optgroup>")


def test_a_disabled_option_says_so():
    assert " disabled>" in option_list([option("a", disabled=True)], "")
    assert " disabled" not in option_list([option("a", disabled=False)], "")


def test_what_options_hold_is_escaped():
    markup = option_list([option('"><b>', "<i>", group="<u>")], "")
    assert markup.count("<") == 4
    assert 'value="&#34;&gt;&lt;b&gt;"' in markup
