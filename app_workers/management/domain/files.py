"""Which files a request may have."""

from collections.abc import Sequence

from app_workers.management.errors import FileTooLarge, FileTypeNotAllowed, ReceiptRequired, TooManyFiles
from app_workers.management.models.files import Upload
from app_workers.management.models.forms import FormType
from ganger.errors import AppError
from ganger.uploads import ENDINGS, document_type_of

MAX_FILES = 10
MAX_FILE_BYTES = 10 * 1_048_576
MAX_TOTAL_BYTES = 50 * 1_048_576
# Of one posted form: a file of the largest kind, with the rest of the form. A worker has 128 MB for all that
# it does at once, and a body stands in it several times while it is read, cut up and handed on.
MAX_POST_BYTES = MAX_FILE_BYTES + 1_048_576
RECEIPTS = ("image/jpeg", "image/png", "image/gif", "image/webp", "application/pdf")


def file_problem(name: str, content: bytes) -> AppError | None:
    """What forbids to take a file, or None. Its name stays out of the refusal, for it may be personal."""
    if len(content) > MAX_FILE_BYTES:
        return FileTooLarge("A file is larger than 10 MB.", max_bytes=MAX_FILE_BYTES)
    if document_type_of(name, content) is None:
        said = "A file is of no kind that is taken, or not what its name says."
        return FileTypeNotAllowed(said, accepted=sorted(ENDINGS))
    return None


def files_problem(form_type: FormType, files: Sequence[Upload]) -> AppError | None:
    """What forbids a request of this form to have these files, or None."""
    if len(files) > MAX_FILES or sum(each.size_bytes for each in files) > MAX_TOTAL_BYTES:
        return too_many_files()
    is_expense = form_type is FormType.EXPENSE_REIMBURSEMENT
    if is_expense and not any(each.media_type in RECEIPTS for each in files):
        return receipt_required()
    return None


def too_many_files() -> TooManyFiles:
    """The refusal of more than a request may have."""
    return TooManyFiles(f"A request has at most {MAX_FILES} files, 50 MB together.")


def receipt_required() -> ReceiptRequired:
    """The refusal of an expense that nothing proves."""
    return ReceiptRequired("An expense needs a receipt, as an image or a PDF.")
