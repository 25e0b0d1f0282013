"""What messages say: always the same, without a name, a title or anything of a patient. Pure."""

from dataclasses import dataclass

from ganger.contracts.communication import Channel, Kind

_PRACTICE = "Ganger Dermatology"
_STOP = " Reply STOP to opt out."
_TEXTS: dict[Kind, str] = {
    "handouts-ready": "{practice}: your visit materials are ready: {link} Valid {hours} hours.",
    "secure-page": "{practice}: please open your secure page {link}",
    "checked-in": "{practice}: you are checked in. We will call you soon.",
}
_SUBJECTS: dict[Kind, str] = {
    "handouts-ready": "Your visit materials from {practice}",
    "secure-page": "A message from {practice}",
    "checked-in": "You are checked in at {practice}",
}


@dataclass(frozen=True, slots=True)
class Wording:
    """A message in words; a text message has no subject."""

    subject: str
    text: str


def wording(channel: Channel, kind: Kind, link: str | None, valid_hours: int | None) -> Wording:
    """The words of a message. Only the first one of a kind that is about a visit offers to stop them."""
    text = _TEXTS[kind].format(practice=_PRACTICE, link=link or "", hours=valid_hours or "")
    if channel == "email":
        return Wording(_SUBJECTS[kind].format(practice=_PRACTICE), text)
    return Wording("", text + _STOP if kind == "handouts-ready" else text)
