"""What the command menu of every page offers."""

from pydantic import Field

from ganger.records import Record


class Command(Record):
    """One line of the menu: a page to open, or something to do."""

    label: str
    note: str = Field(description="what kind of thing it is")
    href: str = Field(description="the page, or where the fields are posted")
    fields: dict[str, str] | None = Field(default=None, description="a form's fields; none for a page")
