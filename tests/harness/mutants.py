"""Signed tokens as somebody who holds no key might change them: none of these may be accepted."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence

from hypothesis import strategies as st

from ganger.identity import LIFETIME_S, Location, Person, identity_header
from ganger.session import Session, seal_session
from ganger.tokens import KeyRing, seal

_ANYTHING = st.text(max_size=4)
# What stands in tokens, and what parsers stumble over.
_CHARACTERS = st.sampled_from([*"AZaz09-_.=+/ :", "\0", "\n", "é", "\uff12", "\U0001f511"])
_CLAIMS = st.sampled_from(
    ["sub", "role", "sid", "aud", "exp", "fresh", "step_up", "permissions", "locations"]
)
_VALUES = st.sampled_from([None, "", "superadmin", 0, 2**40, -1, True, [], ["*"], [["loc_all", "All"]], {}])

PAT = Person(
    id="usr_pat",
    name="Pat Example",
    email="pat@example.test",
    role="staff",
    permissions=("inventory:export",),
    locations=(Location("loc_aa", "Ann Arbor"),),
    session_id="ses_1",
)
SAM = Person(
    id="usr_sam",
    name="Sam Specimen",
    email="sam@example.test",
    role="superadmin",
    permissions=(),
    locations=(Location("loc_aa", "Ann Arbor"), Location("loc_wx", "Wixom")),
    session_id="ses_2",
    stepped_up_until=2**40,
)


def mutants(genuine: Sequence[str]) -> st.SearchStrategy[str]:
    """Texts made from genuine tokens by changing them; none is one of them.

    Args:
        genuine: tokens that are accepted, two or more, so that parts can be swapped.
    """
    token = st.sampled_from(list(genuine))
    changed = st.one_of(
        st.builds(_flipped, token, st.integers(0, 10_000), st.integers(0, 7)),
        st.builds(lambda text, at: text[: at % len(text)], token, st.integers(0, 10_000)),
        st.builds(lambda text, at: text[1 + at % len(text) :], token, st.integers(0, 10_000)),
        st.builds(_inserted, token, st.integers(0, 10_000), _CHARACTERS | _ANYTHING),
        st.builds(_replaced, token, st.integers(0, 10_000), _CHARACTERS),
        st.builds(_mixed, st.lists(token, min_size=3, max_size=3), st.permutations([0, 1, 2])),
        st.builds(_with_claim, token, _CLAIMS, _VALUES),
        st.builds(lambda text, key_id: ".".join([key_id, *text.split(".")[1:]]), token, _ANYTHING),
        st.builds(lambda text, mac: ".".join([*text.split(".")[:2], mac]), token, _ANYTHING),
        st.builds(lambda parts: ".".join(parts), st.lists(_ANYTHING, max_size=4)),
    )
    return changed.filter(lambda text: text not in genuine)


def foreign_headers(ring: KeyRing, audience: str, now: float) -> dict[str, str]:
    """Identity headers that we signed, or that a stranger signed, but not for this worker and this moment."""
    (key_id,) = ring.keys
    stranger = KeyRing({key_id: b"\1" * 32})
    in_time = SAM.claims() | {"aud": audience, "exp": int(now) + LIFETIME_S}
    return {
        "expired": identity_header(ring, SAM, audience, now - LIFETIME_S - 1),
        "for another worker": identity_header(ring, SAM, audience + "-2", now),
        "for a part of the name": identity_header(ring, SAM, audience[:-1], now),
        "for all workers": seal(ring, "identity", in_time | {"aud": [audience]}),
        "of another purpose": seal(ring, "session", in_time),
        "signed by a stranger": identity_header(stranger, SAM, audience, now),
        "without an audience": seal(ring, "identity", SAM.claims() | {"exp": int(now) + LIFETIME_S}),
        "without an end": seal(ring, "identity", SAM.claims() | {"aud": audience}),
        "with an end as text": seal(ring, "identity", in_time | {"exp": str(in_time["exp"])}),
        "without a role": seal(ring, "identity", in_time | {"role": None}),
        "without locations": seal(ring, "identity", in_time | {"locations": []}),
        "with nested nonsense": seal(ring, "identity", in_time | {"locations": [[["a"], {}]]}),
        "a session": seal_session(ring, Session(SAM, int(now) + 300, int(now) + 300)),
    }


def foreign_cookies(ring: KeyRing, now: float) -> dict[str, str]:
    """Session cookies that we signed, or that a stranger signed, but that are no session now."""
    (key_id,) = ring.keys
    stranger = KeyRing({key_id: b"\1" * 32})
    lasting = Session(SAM, int(now) + 300, int(now) + 300)
    claims = SAM.claims() | {"fresh": int(now) + 300, "exp": int(now) + 300}
    return {
        "ended": seal_session(ring, Session(SAM, int(now) + 300, int(now))),
        "signed by a stranger": seal_session(stranger, lasting),
        "of another purpose": seal(ring, "identity", claims),
        "without an end": seal(ring, "session", claims | {"exp": None}),
        "with an end that is true": seal(ring, "session", claims | {"exp": True}),
        "without freshness": seal(ring, "session", SAM.claims() | {"exp": int(now) + 300}),
        "without a person": seal(ring, "session", {"fresh": int(now) + 300, "exp": int(now) + 300}),
        "with permissions as text": seal(ring, "session", claims | {"permissions": "a:b"}),
        "an identity header": identity_header(ring, SAM, "ganger-auth", now),
    }


def _flipped(token: str, at: int, bit: int) -> str:
    raw = bytearray(token.encode())
    raw[at % len(raw)] ^= 1 << bit
    return raw.decode("latin-1")


def _inserted(token: str, at: int, text: str) -> str:
    place = at % (len(token) + 1)
    return token[:place] + text + token[place:]


def _replaced(token: str, at: int, text: str) -> str:
    place = at % len(token)
    return token[:place] + text + token[place + 1 :]


def _mixed(tokens: Sequence[str], order: Sequence[int]) -> str:
    parts = [token.split(".")[place] for token, place in zip(tokens, (0, 1, 2), strict=True)]
    return ".".join(parts[place] for place in order)


def _with_claim(token: str, name: str, value: object) -> str:
    key_id, payload, mac = token.split(".")
    claims = json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    changed = json.dumps(claims | {name: value}, separators=(",", ":")).encode()
    return f"{key_id}.{urlsafe_b64encode(changed).rstrip(b'=').decode()}.{mac}"
