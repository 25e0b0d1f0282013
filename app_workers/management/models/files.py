"""Files: as they were uploaded, and as a request has them. `_at` is a UTC instant as stored."""

from pydantic import Field

from ganger.records import Record


class Upload(Record):
    """A file that somebody uploaded."""

    id: str
    file_name: str
    media_type: str
    size_bytes: int


class NewUpload(Upload):
    """A file that no request has yet, and until when one can take it."""

    expires_at: str


class Attachment(Record):
    """A file of a request."""

    id: str
    file_upload_id: str
    file_name: str
    media_type: str
    size_bytes: int
    uploaded_by: str
    uploader_name: str
    created_at: str


class NewAttachment(Record):
    """An upload of the person's own that a request takes."""

    file_upload_id: str = Field(max_length=50)
