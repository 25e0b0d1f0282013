"""Where the practice is: kept here, so that it is told when everything else is down.

The numbers are those of the demonstration; whoever opens the site for real patients writes the real ones.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A location and the number that its front desk answers on workdays, at the hours that the texts name."""

    name: str
    phone: str


PLACES = (
    Place("Ann Arbor", "734-555-0101"),
    Place("Wixom", "248-555-0102"),
    Place("Plymouth", "734-555-0103"),
)
