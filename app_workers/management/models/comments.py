"""Comments on a request: what is sent, and one as it is kept."""

from typing import Annotated

from pydantic import Field, StringConstraints

from ganger.records import Record

MAX_MENTIONS = 10

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Mentions = Annotated[tuple[str, ...], Field(max_length=MAX_MENTIONS)]


class NewComment(Record):
    """Something to say about a request; people are mentioned by `@Name` in the text or by their ids."""

    content: Text
    is_internal: bool = False
    mentions: Mentions = ()


class CommentForm(Record):
    """The comment of a page."""

    content: Text
    is_internal: bool = False
    client_ref: str | None = Field(default=None, max_length=100)


class CommentChange(Record):
    """What a comment says now."""

    content: Text
    mentions: Mentions = ()


class Comment(Record):
    """One comment; `_at` is a UTC instant as stored."""

    id: str
    ticket_id: str
    author_id: str | None
    author_name: str | None
    content: str
    is_internal: bool
    created_at: str
    edited_at: str | None
    deleted_at: str | None
