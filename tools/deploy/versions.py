"""How a version of a worker says what it holds and where it comes from. Pure.

A version carries two notes: its tag is the digest of the built folder, its message begins with the commit.
What runs at Cloudflare can so be compared with what would be deployed, without any record of our own.
"""

from collections.abc import Sequence
from dataclasses import dataclass

TAG_LENGTH = 16  # Cloudflare takes up to 25 characters; 64 bits of a digest are enough to tell builds apart.


@dataclass(frozen=True, slots=True)
class Version:
    """A version that answered, or answers, a worker's requests."""

    id: str
    tag: str
    message: str

    def is_of(self, commit: str) -> bool:
        """Whether it was deployed from this commit."""
        return self.message.split(" ", 1)[0] == commit


def tag_of(content: str) -> str:
    """The tag of a built folder.

    Args:
        content: hexadecimal digest of the folder.
    """
    return content[:TAG_LENGTH]


def message_of(commit: str, worker_title: str) -> str:
    """What is said of a version: the commit, and for people the worker's title."""
    return f"{commit} {worker_title}"[:100]


def way_back(served: Sequence[Version], commit: str | None) -> Version | None:
    """The version to return to; None if there is nothing to take back.

    Args:
        served: versions that answered requests, the present one first.
        commit: take back what was deployed from it; None takes back the present version, whatever it is.
    """
    if not served or (commit is not None and not served[0].is_of(commit)):
        return None
    present = served[0]
    for version in served[1:]:
        is_another = version.id != present.id if commit is None else not version.is_of(commit)
        if is_another:
            return version
    return None
