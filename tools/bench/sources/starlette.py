# mypy: ignore-errors
"""Reads and takes a record with Starlette; who asks is counted, as our kernel does."""

from datetime import date

from pydantic import BaseModel, Field
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
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


async def count(request):
    """Refuse who asks too often."""
    key = {"key": request.headers.get("cf-connecting-ip", "")}
    if not (await request.scope["env"].LIMIT_PUBLIC.limit(key)).success:
        raise HTTPException(429)


async def get_item(request):
    """Return the record."""
    await count(request)
    return JSONResponse(ITEM.model_dump(mode="json"))


async def post_item(request):
    """Take a record and return it."""
    await count(request)
    item = Item.model_validate(await request.json())
    return JSONResponse(item.model_dump(mode="json"), status_code=201)


app = Starlette(
    routes=[Route("/items/{sku}", get_item, methods=["GET"]), Route("/items", post_item, methods=["POST"])]
)
Default = asgi.entrypoint(app)
