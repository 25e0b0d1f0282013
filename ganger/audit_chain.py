"""The hash chain over audit rows: how rows are sealed, and how any later change is found. Pure.

A seal covers the rows of consecutive numbers that were committed since the seal before it. It is bound
to that one by its hash and signed with a key that only the identity worker holds, so that write access
to the database is not enough to build another chain.
"""

import hmac
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from hashlib import sha256

from ganger.clock import iso_utc
from ganger.db import Row, Value
from ganger.tokens import KeyRing

# What is sealed of a row, in this order; a test compares it with the table.
ROW_COLUMNS = (
    "sequence",
    "id",
    "occurred_at",
    "user_id",
    "action",
    "record_type",
    "record_id",
    "location_id",
    "request_id",
    "ip_address",
    "justification",
    "fields_json",
    "is_authorized",
    "is_minimum_necessary",
    "is_consented",
)
GENESIS = "0" * 64  # what the first seal names as the hash before it
SEALED_WITHIN = timedelta(hours=2)  # a seal is made every hour, also of no rows
_PURPOSE = b"audit-seal-1."


@dataclass(frozen=True, slots=True)
class Seal:
    """One link of the chain; the fields are the columns of `audit_seals`."""

    sequence: int
    first_row: int
    last_row: int  # first_row - 1 if it covers none
    row_count: int
    rows_hash: str
    previous_hash: str
    seal_hash: str
    sealed_at: str
    key_id: str
    mac: str


SEAL_COLUMNS = tuple(field.name for field in fields(Seal))
_HASHED = tuple(name for name in SEAL_COLUMNS if name not in ("seal_hash", "mac"))


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not as it was sealed, and where: `seal 3` or `row 17`."""

    place: str
    text: str

    def __str__(self) -> str:
        return f"{self.place}: {self.text}"


def hash_of_rows(rows: Iterable[Row]) -> str:
    """SHA-256 over the rows' canonical lines: one JSON array a line, in ASCII, of all sealed columns."""
    digest = sha256()
    for row in rows:
        line = json.dumps([row[name] for name in ROW_COLUMNS], ensure_ascii=True, separators=(",", ":"))
        digest.update(line.encode() + b"\n")
    return digest.hexdigest()


def next_seal(previous: Seal | None, rows: Sequence[Row], ring: KeyRing, now: datetime) -> Seal:
    """The seal over the rows that follow those of the previous seal.

    Args:
        previous: the last seal, None for the first.
        rows: n >= 0 rows by number, the first one after `previous.last_row`.
    Raises:
        ValueError: the rows do not follow without a gap.
    """
    first = previous.last_row + 1 if previous else 1
    if [row["sequence"] for row in rows] != list(range(first, first + len(rows))):
        raise ValueError("Audit rows must follow each other without a gap.")
    key_id = next(iter(ring.keys))
    facts: dict[str, int | str] = {
        "sequence": previous.sequence + 1 if previous else 1,
        "first_row": first,
        "last_row": first + len(rows) - 1,
        "row_count": len(rows),
        "rows_hash": hash_of_rows(rows),
        "previous_hash": previous.seal_hash if previous else GENESIS,
        "sealed_at": iso_utc(now),
        "key_id": key_id,
    }
    seal_hash = _seal_hash(facts)
    mac = _mac(ring.keys[key_id], seal_hash)
    return Seal(**facts, seal_hash=seal_hash, mac=mac)  # type: ignore[arg-type]  # mypy sees one union


def is_ours(seal: Seal, ring: KeyRing) -> bool:
    """Whether the seal is whole and was signed with a key of the ring."""
    key = ring.keys.get(seal.key_id)
    if key is None or _seal_hash(asdict(seal)) != seal.seal_hash:
        return False
    return hmac.compare_digest(_mac(key, seal.seal_hash).encode(), seal.mac.encode())


def read_seal(row: Mapping[str, object]) -> Seal | None:
    """The seal of a database row; None if a column is missing or not of its type."""
    types = {field.name: field.type for field in fields(Seal)}
    values = {name: row.get(name) for name in SEAL_COLUMNS}
    if any(type(values[name]) is not kind for name, kind in types.items()):
        return None
    return Seal(**values)  # type: ignore[arg-type]  # the types were compared just now


def verify(
    rows: Sequence[Row],
    seals: Sequence[Row],
    ring: KeyRing,
    known: Mapping[int, str],
    now: datetime | None,
) -> list[Problem]:
    """Compare all rows with all seals, and return what was altered, removed, inserted or moved.

    Args:
        rows: all of `audit_logs` by number.
        seals: all of `audit_seals` by number.
        ring: the keys that signed them, retired ones included.
        known: hashes of seals by number, as the log kept them; only they prove that the end of the
            chain was not cut off and sealed anew.
        now: to find that sealing has stopped; None where nothing seals by the hour.
    """
    problems = [*_gaps(rows)]
    by_number = {row["sequence"]: row for row in rows}
    previous: Seal | None = None
    for number, told in enumerate(seals, 1):
        seal = read_seal(told)
        if seal is None:
            problems.append(Problem(f"seal {number}", "it cannot be read"))
            break  # nothing after it can be compared
        wrong = _wrong(seal, previous, number, by_number, ring)
        if wrong:
            problems.append(Problem(f"seal {number}", wrong))
        previous = seal
    problems += _unknown(seals, known)
    if now is not None:
        problems += _overdue(previous, rows, now)
    return problems


def _gaps(rows: Sequence[Row]) -> Iterator[Problem]:
    expected = 1
    for row in rows:
        number = row["sequence"]
        if not isinstance(number, int) or number < expected:
            yield Problem(f"row {number}", f"it stands where row {expected} belongs")
            return
        if number > expected:
            last = f" to {number - 1}" if number - 1 > expected else ""
            yield Problem(f"row {expected}{last}", "removed")
        expected = number + 1


def _wrong(
    seal: Seal, previous: Seal | None, number: int, rows: Mapping[Value, Row], ring: KeyRing
) -> str | None:
    """What is wrong with the seal that stands at a place of the chain, most telling first."""
    first = previous.last_row + 1 if previous else 1
    checks: tuple[tuple[Callable[[], bool], str], ...] = (
        (lambda: seal.sequence == number, f"removed; seal {seal.sequence} stands in its place"),
        (lambda: seal.key_id in ring.keys, f"signed with the key {seal.key_id!r}, which is not ours"),
        (lambda: is_ours(seal, ring), "altered or forged: its hash or signature does not fit"),
        (
            lambda: seal.previous_hash == (previous.seal_hash if previous else GENESIS),
            "it does not continue the seal before it",
        ),
        (lambda: seal.first_row == first, f"it begins with row {seal.first_row} instead of {first}"),
        (
            lambda: hash_of_rows(_covered(seal, rows)) == seal.rows_hash,
            f"a row from {seal.first_row} to {seal.last_row} was altered, removed, inserted or moved",
        ),
    )
    return next((text for holds, text in checks if not holds()), None)


def _covered(seal: Seal, rows: Mapping[Value, Row]) -> Iterator[Row]:
    return (rows[number] for number in range(seal.first_row, seal.last_row + 1) if number in rows)


def _unknown(seals: Sequence[Row], known: Mapping[int, str]) -> Iterator[Problem]:
    present = {seal.get("sequence"): seal.get("seal_hash") for seal in seals}
    for number, seal_hash in sorted(known.items()):
        if number not in present:
            yield Problem(f"seal {number}", "removed; the log knows it")
        elif present[number] != seal_hash:
            yield Problem(f"seal {number}", "made anew; the log knows another one")


def _overdue(last: Seal | None, rows: Sequence[Row], now: datetime) -> Iterator[Problem]:
    limit = iso_utc(now - SEALED_WITHIN)
    if last is not None and last.sealed_at < limit:
        yield Problem(f"seal {last.sequence}", f"the last one, of {last.sealed_at}: sealing has stopped")
    covered = last.last_row if last else 0
    waiting = next((row for row in rows[covered:] if str(row["occurred_at"]) < limit), None)
    if waiting is not None:
        yield Problem(f"row {waiting['sequence']}", "it should have been sealed by now")


def _seal_hash(facts: Mapping[str, object]) -> str:
    text = json.dumps([facts[name] for name in _HASHED], ensure_ascii=True, separators=(",", ":"))
    return sha256(_PURPOSE + text.encode()).hexdigest()


def _mac(key: bytes, seal_hash: str) -> str:
    return hmac.digest(key, _PURPOSE + seal_hash.encode(), "sha256").hex()
