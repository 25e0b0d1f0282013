# mypy: ignore-errors
"""Reads and takes a record with our kernel."""

from datetime import date
from http import HTTPStatus

from pydantic import Field

from ganger.edge import ApplicationEntrypoint, application
from ganger.permissions import PUBLIC
from ganger.records import Record
from ganger.routing import Route

__all__ = ["Default"]


class Item(Record):
    """A small record."""

    sku: str = Field(max_length=20)
    name: str
    on_hand: int = Field(ge=0)
    expires_on: date
    tags: tuple[str, ...]


ITEM = Item(
    sku="GZ-44", name="Gauze 4 x 4", on_hand=120, expires_on=date(2027, 1, 31), tags=("sterile", "wound")
)


async def get_item(ctx):
    """Return the record."""
    return ctx.json(ITEM)


async def post_item(ctx):
    """Take a record and return it."""
    return ctx.json(await ctx.parse(Item), HTTPStatus.CREATED)


class Default(ApplicationEntrypoint):
    """Serves one record."""

    application = application(
        (Route("GET", "/items/{sku}", get_item, PUBLIC), Route("POST", "/items", post_item, PUBLIC))
    )
