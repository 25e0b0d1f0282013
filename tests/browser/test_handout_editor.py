"""Writing a handout in Chromium: the preview follows what is typed, and parts come without a new page."""

from uuid import uuid4

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.runtime]


def test_a_handout_is_written_and_approved(platform, new_page):
    name = f"Nail care {uuid4().hex[:8]}"
    author, approver = new_page("usr_mia"), new_page("usr_max")
    author.goto("/handouts/templates/new")
    author.get_by_label("Name").fill(name)
    author.get_by_label("Category").select_option("Education")
    author.get_by_role("button", name="Create the draft").click()
    author.get_by_label("Kind of block").select_option("Text with blanks")
    author.get_by_role("button", name="Add", exact=True).click()
    author.get_by_label("What is asked").fill("Which nail")
    author.get_by_label("Name in the text").fill("nail")
    author.get_by_label("Text", exact=False).first.fill("Soak the **{{nail}}**.")
    preview = author.locator("#section-preview")
    expect(preview).to_contain_text("Soak the Sample text.")
    author.get_by_role("button", name="Add a blank").click()
    second = author.get_by_label("What is asked").nth(1)
    expect(second).to_be_focused()
    second.fill("How often")
    author.get_by_label("Kind", exact=True).nth(1).select_option("Choice")
    author.get_by_label("Choices").fill("once\ntwice")
    author.get_by_role("button", name="Save the block").first.click()
    expect(author.get_by_text("The block is saved.")).to_be_visible()
    author.get_by_role("link", name="Done").click()
    author.get_by_role("button", name="Submit for approval").click()
    expect(author.get_by_text("Somebody else decides on it.")).to_be_visible()
    approver.goto("/handouts/approvals")
    card = approver.locator(".card", has_text=name)
    expect(card).to_contain_text("This is the first version.")
    card.get_by_role("button", name="Approve").click()
    expect(approver.get_by_text("Approved: it is given out from now on.")).to_be_visible()
