"""`ganger inventory reconcile`: compares what is on hand with the ledger, here or from an export.

The same query as in the worker's daily check serves both. An export is what wrangler prints for `--query`:

    query=$(ganger inventory reconcile --query)
    wrangler d1 execute ganger-platform --remote --json --command "$query" > ledger.json
"""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from pydantic import ValidationError

from app_workers.inventory.domain.reconciling import sentence
from app_workers.inventory.store.reconciling import DIFFERENCES, difference
from ganger.db import Row

Say = Callable[[str], None]

QUERY = " ".join(DIFFERENCES.split())


class LedgerProblem(Exception):
    """The ledger cannot be compared: there is nothing to read."""


def reconcile_export(file: Path, say: Say) -> int:
    """Compare what wrangler printed; return the exit status.

    Raises:
        LedgerProblem: the file is no answer to the query.
    """
    try:
        (answer,) = json.loads(file.read_text())
        return _tell(answer["results"], say)
    except (ValueError, TypeError, KeyError, ValidationError) as error:
        raise LedgerProblem("The file is not what wrangler prints as JSON for the query.") from error


def reconcile_local(state: Path, say: Say) -> int:
    """Compare what `ganger dev` keeps on this machine; return the exit status.

    Raises:
        LedgerProblem: nothing is kept there.
    """
    from tools.local import RunnerError  # starts slowly; an export needs none of it
    from tools.local.reading import read_state

    if not state.is_dir():
        raise LedgerProblem(f"{state} is no state folder of `ganger dev`.")
    try:
        (rows,) = read_state(state, (DIFFERENCES,))
    except RunnerError as error:
        raise LedgerProblem(f"{state} holds no ledger. {error}") from error
    return _tell(rows, say)


def _tell(rows: Sequence[Row], say: Say) -> int:
    found = [difference(row) for row in rows]
    for each in found:
        say(sentence(each))
    say(f"Differences: {len(found)}." if found else "What is on hand is what the ledger says.")
    return 1 if found else 0
