"""Which files items and safety sheets take."""

from dataclasses import dataclass

from app_workers.inventory.models.files import GivenFile
from ganger.errors import AppError, PayloadTooLarge, UnsupportedMediaType, ValidationFailed
from ganger.multipart import PostedFile
from ganger.uploads import document_type_of, file_name_of

_MB = 1_048_576


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a file is kept: the column of a table, the name of its field, and what is taken there."""

    table: str
    column: str
    field: str
    record_type: str
    accepted: frozenset[str]
    max_bytes: int
    said: str

    @property
    def max_post_bytes(self) -> int:
        """Of the whole form that brings one."""
        return self.max_bytes + _MB


PHOTO = Slot(
    "inventory_items",
    "image_upload_id",
    "photo",
    "inventory_item",
    frozenset({"image/jpeg", "image/png", "image/webp"}),
    5 * _MB,
    "A photo is a JPEG, PNG or WebP image of at most 5 MB.",
)
DOCUMENT = Slot(
    "safety_sheets",
    "file_upload_id",
    "document",
    "safety_sheet",
    frozenset({"application/pdf"}),
    10 * _MB,
    "A document is a PDF of at most 10 MB.",
)


def given_file(slot: Slot, files: tuple[PostedFile, ...]) -> GivenFile | AppError:
    """The one file of a form, if it is what its name says and its slot takes it."""
    file = next((each for each in files if each.field == slot.field), None)
    if file is None:
        return ValidationFailed({slot.field: "must be chosen"})
    if len(file.content) > slot.max_bytes:
        return PayloadTooLarge(slot.said, field=slot.field, max_bytes=slot.max_bytes)
    name = file_name_of(file.name)
    media_type = document_type_of(name, file.content)
    if media_type not in slot.accepted:
        return UnsupportedMediaType(slot.said, field=slot.field, accepted=sorted(slot.accepted))
    return GivenFile(name=name, media_type=media_type, content=file.content)
