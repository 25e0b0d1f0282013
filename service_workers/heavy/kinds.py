"""The kinds of work that are done here."""

from collections.abc import Mapping

from ganger.contracts.heavy import CSV_FILE, HANDOUT_PDF, Handout, Table
from ganger.documents import Document, read_document
from ganger.errors import ValidationFailed
from ganger.spreadsheets import CSV, csv_text
from service_workers.heavy.models import Made, Work
from service_workers.heavy.pdf.faces import Faces
from service_workers.heavy.pdf.handout import handout_pdf


def kinds(faces: Faces) -> Mapping[str, Work]:
    """Each kind of work by its name."""

    def make_handout(params: object) -> Made:
        handout = Handout.checked(params)
        return handout_pdf(handout, _documents(handout), faces)

    return {HANDOUT_PDF: Work(_check_handout, make_handout), CSV_FILE: Work(_check_table, _make_table)}


def _check_handout(params: object) -> None:
    _documents(Handout.checked(params))


def _check_table(params: object) -> None:
    table = Table.checked(params)
    if any(len(row) != len(table.header) for row in table.rows):
        raise ValidationFailed({"rows": "must each have a cell for every column"})


def _make_table(params: object) -> Made:
    table = Table.checked(params)
    return Made(csv_text(table.header, table.rows).encode(), CSV, f"{table.name}.csv")


def _documents(handout: Handout) -> tuple[Document, ...]:
    try:
        return tuple(read_document(document) for document in handout.documents)
    except (KeyError, TypeError, ValueError) as error:
        raise ValidationFailed({"documents": "must be documents"}) from error
