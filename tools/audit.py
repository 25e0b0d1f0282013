"""`ganger audit verify`: compares the audit log with its seals, on this machine or from an export.

The same verification (`ganger.audit_chain`) serves both. An export is what wrangler prints:

    wrangler d1 execute ganger-platform --remote --json --command "<QUERIES>" > audit.json
"""

import json
import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ganger.audit_chain import ROW_COLUMNS, SEAL_COLUMNS, verify
from ganger.db import Row
from ganger.tokens import KeyRing

Say = Callable[[str], None]

AUDIT_ROWS = "SELECT * FROM audit_logs ORDER BY sequence"
AUDIT_SEALS = "SELECT * FROM audit_seals ORDER BY sequence"
QUERIES = f"{AUDIT_ROWS}; {AUDIT_SEALS}"
_KEYS = "AUDIT_KEYS"
_KNOWN = re.compile(r"([1-9][0-9]{0,8}):([0-9a-f]{64})")
_SHOWN = 20


class AuditProblem(Exception):
    """The audit log cannot be verified: something to verify it with or to read is missing."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """All audit rows and all seals, by number."""

    rows: Sequence[Row]
    seals: Sequence[Row]


def verify_export(file: Path, known: Iterable[str], say: Say) -> int:
    """Verify an export of production, with the keys in the environment; return the exit status.

    Args:
        known: `<number>:<hash>` of seals, from the log.
    Raises:
        AuditProblem: the keys are missing, or the file is no export.
    """
    if not os.environ.get(_KEYS):
        raise AuditProblem(f"Set {_KEYS} to the identity worker's secret of that name.")
    ledger = read_export(file.read_text())
    return _tell(ledger, os.environ[_KEYS], known, datetime.now(UTC), say)


def verify_local(state: Path, known: Iterable[str], say: Say) -> int:
    """Verify what `ganger dev` keeps on this machine; return the exit status.

    Nothing fires crons there, so rows that no seal covers yet are no finding.

    Raises:
        AuditProblem: nothing is kept there.
    """
    from tools.local.keys import development_vars  # starts slowly; an export needs none of it

    if not state.is_dir():
        raise AuditProblem(f"{state} is no state folder of `ganger dev`.")
    return _tell(_local_ledger(state), development_vars()[_KEYS], known, None, say)


def read_export(text: str) -> Ledger:
    """The rows and seals of what wrangler printed.

    Raises:
        AuditProblem: it is something else, or lacks a column.
    """
    try:
        rows, seals = (list(answer["results"]) for answer in json.loads(text))
    except (ValueError, TypeError, KeyError) as error:
        raise AuditProblem(f"The file is not what wrangler prints as JSON for: {QUERIES}") from error
    for found, columns in ((rows, ROW_COLUMNS), (seals, SEAL_COLUMNS)):
        if any(not isinstance(row, dict) or not row.keys() >= set(columns) for row in found):
            raise AuditProblem(f"A row lacks one of the columns {', '.join(columns)}.")
    return Ledger(rows, seals)


def _local_ledger(state: Path) -> Ledger:
    from tools.local import RunnerError
    from tools.local.reading import read_state

    try:
        rows, seals = read_state(state, (AUDIT_ROWS, AUDIT_SEALS))
    except RunnerError as error:
        raise AuditProblem(f"{state} holds no audit log with seals. {error}") from error
    return Ledger(rows, seals)


def _tell(ledger: Ledger, keys: str, known: Iterable[str], now: datetime | None, say: Say) -> int:
    problems = verify(ledger.rows, ledger.seals, KeyRing.parse(keys), _known(known), now)
    for problem in problems[:_SHOWN]:
        say(str(problem))
    if len(problems) > _SHOWN:
        say(f"… and {len(problems) - _SHOWN} more.")
    verdict = "not as they were sealed" if problems else "as they were sealed"
    say(f"{len(ledger.rows)} rows, {len(ledger.seals)} seals: {verdict}.")
    if ledger.seals and not problems:
        last = ledger.seals[-1]
        say(f"Last seal {last['sequence']}:{last['seal_hash']}, up to row {last['last_row']}.")
    return 1 if problems else 0


def _known(given: Iterable[str]) -> Mapping[int, str]:
    matches = [(text, _KNOWN.fullmatch(text)) for text in given]
    for text, match in matches:
        if match is None:
            raise AuditProblem(f"{text!r} is not `<number>:<hash>` of a seal.")
    return {int(match[1]): match[2] for _, match in matches if match}
