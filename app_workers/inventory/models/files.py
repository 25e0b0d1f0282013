"""Files of the catalogue: photos of items and documents of safety sheets."""

from ganger.records import Record


class StoredFile(Record):
    """A file that an item or a sheet has."""

    id: str
    object_key: str
    file_name: str
    media_type: str


class GivenFile(Record):
    """A file that was sent and checked."""

    name: str
    media_type: str
    content: bytes
