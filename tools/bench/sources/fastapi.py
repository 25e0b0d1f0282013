# mypy: ignore-errors
"""Reads and takes a record with FastAPI; who asks is counted, as our kernel does."""

from datetime import date

from fastapi import Depends, FastAPI, HTTPException, Request
from pydantic import BaseModel, Field
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


async def count(request: Request) -> None:
    """Refuse who asks too often."""
    key = {"key": request.headers.get("cf-connecting-ip", "")}
    if not (await request.scope["env"].LIMIT_PUBLIC.limit(key)).success:
        raise HTTPException(429)


app = FastAPI(dependencies=[Depends(count)])


@app.get("/items/{sku}")
async def get_item(sku: str) -> Item:
    """Return the record."""
    return ITEM


@app.post("/items", status_code=201)
async def post_item(item: Item) -> Item:
    """Take a record and return it."""
    return item


Default = asgi.entrypoint(app)
