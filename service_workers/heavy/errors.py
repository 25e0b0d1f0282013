"""What heavy computing refuses, and why a step cannot succeed.

AppError
├── NotFound
│   └── NoSuchJob               404 NO_SUCH_JOB
├── Conflict
│   └── KeyReused               409 KEY_REUSED
└── Unprocessable
    ├── UnknownKind             422 UNKNOWN_KIND
    └── PdfTooLarge             422 PDF_TOO_LARGE
"""

from ganger.contracts.heavy import KEY_REUSED, NO_SUCH_JOB, UNKNOWN_KIND
from ganger.errors import Conflict, NotFound, Unprocessable


class NoSuchJob(NotFound):
    """There is no such job of this app."""

    code = NO_SUCH_JOB


class KeyReused(Conflict):
    """The key stands for a job that was asked for otherwise."""

    code = KEY_REUSED


class UnknownKind(Unprocessable):
    """Nothing of this kind is done here."""

    code = UNKNOWN_KIND


class PdfTooLarge(Unprocessable):
    """The document has more pages or bytes than a handout may have."""

    code = "PDF_TOO_LARGE"
