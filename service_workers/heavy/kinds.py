"""The kinds of work that are done here."""

from collections.abc import Mapping

from ganger.contracts.heavy import HANDOUT_PDF, Handout
from ganger.documents import Document, read_document
from ganger.errors import ValidationFailed
from service_workers.heavy.models import Made, Work
from service_workers.heavy.pdf.faces import Faces
from service_workers.heavy.pdf.handout import handout_pdf


def kinds(faces: Faces) -> Mapping[str, Work]:
    """Each kind of work by its name."""

    def make_handout(params: object) -> Made:
        handout = Handout.checked(params)
        return handout_pdf(handout, _documents(handout), faces)

    return {HANDOUT_PDF: Work(_check_handout, make_handout)}


def _check_handout(params: object) -> None:
    _documents(Handout.checked(params))


def _documents(handout: Handout) -> tuple[Document, ...]:
    try:
        return tuple(read_document(document) for document in handout.documents)
    except (KeyError, TypeError, ValueError) as error:
        raise ValidationFailed({"documents": "must be documents"}) from error
