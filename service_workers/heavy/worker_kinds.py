"""The kinds of work with the faces that the build has put into this bundle."""

from collections.abc import Mapping
from functools import cache

from compiled_fonts import FACES

from service_workers.heavy.kinds import kinds
from service_workers.heavy.models import Work
from service_workers.heavy.pdf.faces import Faces


@cache
def bundled_kinds() -> Mapping[str, Work]:
    """Each kind of work by its name."""
    return kinds(Faces.of(FACES))
