"""What apps ask of the communication hub for people of the practice: mails in the app's own words.

Nothing of a patient ever stands in one; what goes to patients has the fixed words of
`ganger.contracts.communication`, whose refusals, states and `MESSAGE_STATE` hold here too.
"""

from dataclasses import dataclass

from ganger.contracts.communication import COMMUNICATION, MessageState, is_key, require
from ganger.plain import PlainRecord
from ganger.rpc import Method

MAX_SUBJECT = 150
MAX_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class StaffMail(PlainRecord):
    """One plain mail to one address; `key`, `record_id` and `expires_in_s` are as of a `Message`."""

    key: str
    to: str
    subject: str
    text: str
    record_id: str
    location_id: str
    expires_in_s: int = 86_400

    def __post_init__(self) -> None:
        require(is_key(self.key) and 1 <= len(self.record_id) <= 100 and len(self.to) <= 254)
        # A line break in a header would begin another one.
        require(1 <= len(self.subject) <= MAX_SUBJECT and self.subject.isprintable())
        require(1 <= len(self.text) <= MAX_TEXT)
        require(60 <= self.expires_in_s <= 7 * 86_400)


SEND_STAFF_MAIL = Method(COMMUNICATION, "send_staff_mail", StaffMail, MessageState)
