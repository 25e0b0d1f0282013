# mypy: ignore-errors
"""Reads and takes a record with Starlette."""

from datetime import date

from pydantic import BaseModel, Field
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route
from workers import asgi

__all__ = ["Default"]


class Item(BaseModel):
    """A small record."""

    sku: str = Field(max_length=20)
    name: str
    on_hand: int = Field(ge=0)
    expires_on: date
    tags: tuple[str, ...]


ITEM = Item(
    sku="GZ-44", name="Gauze 4 x 4", on_hand=120, expires_on=date(2027, 1, 31), tags=("sterile", "wound")
)


async def get_item(_request):
    """Return the record."""
    return JSONResponse(ITEM.model_dump(mode="json"))


async def post_item(request):
    """Take a record and return it."""
    item = Item.model_validate(await request.json())
    return JSONResponse(item.model_dump(mode="json"), status_code=201)


app = Starlette(
    routes=[Route("/items/{sku}", get_item, methods=["GET"]), Route("/items", post_item, methods=["POST"])]
)
Default = asgi.entrypoint(app)
