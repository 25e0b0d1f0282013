"""Have a batch of handouts drawn as PDFs, kill the platform in the middle, and open every one of them.

None may be lost and none drawn twice: each packet becomes ready with a file of its own, which a reader that
is not ours opens and finds the packet's code on.
"""

import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pypdfium2

from ganger.clock import iso_utc
from ganger.codes import PACKET_CODE_LENGTH, new_code, shown_code
from ganger.db import Row, Statement, Value, insert
from ganger.documents import Block, Document, Run, Shape
from ganger.identity import HEADER, Location, Person, identity_header
from ganger.ids import new_id
from ganger.tokens import KeyRing
from tools.build import BuiltWorker, build
from tools.local import LocalPlatform, Settings
from tools.local.demo import seed
from tools.local.keys import development_vars
from tools.registry import load_registry
from tools.runtime import ensure_runtime

Say = Callable[[str], None]

PAGES = 3
_WITHIN_S = 120.0  # something becomes ready, or it hangs
_AT_ONCE = 20  # rows of one batch
_NUMBER_READY = "SELECT COUNT(*) AS number FROM generated_handouts WHERE status = 'ready'"
_READY = """
    SELECT packet.id, packet.qr_code, packet.pdf_upload_id FROM generated_handouts AS packet
    WHERE packet.status = 'ready'
"""
_TWICE = """
    SELECT record_id FROM audit_logs WHERE action = 'heavy:make' GROUP BY record_id HAVING COUNT(*) > 1
"""
_FILES = "SELECT COUNT(*) AS number FROM file_uploads"


@dataclass
class Drawn:
    """What came of a batch; `before` were ready when the platform was killed."""

    size: int
    before: list[int] = field(default_factory=list)
    ready: int = 0
    took_s: float = 0.0
    wrong: list[str] = field(default_factory=list)


def drill_batch(size: int, kills: int, state: Path, say: Say) -> Drawn:
    """Draw a batch of that many packets over data in an empty folder, killing the platform on the way."""
    workers = build(["auth", "handouts", "heavy"], "development", _nothing, development_vars())
    drawn, started = Drawn(size), time.monotonic()
    for number in range(kills + 1):
        with _running(workers, state) as local:
            if number == 0:
                _set_up(local, workers, size)
            else:
                # What died with the platform is done again once it is old enough for that.
                local.scheduled("heavy", "*/2 * * * *", datetime.now(UTC) + timedelta(minutes=20))
            is_last = number == kills
            _draw(local, drawn, size if is_last else size * (number + 1) // (kills + 1), say)
            if is_last:
                drawn.took_s = time.monotonic() - started
                drawn.wrong += _problems(local, drawn)
            else:
                drawn.before.append(drawn.ready)
                os.killpg(local.pid, signal.SIGKILL)  # the runner and its workerd
    killed = f"killed at {drawn.before}; {len(drawn.wrong)} wrong"
    say(f"{drawn.ready} of {size} in {drawn.took_s:.0f} s, {killed}")
    return drawn


def _draw(local: LocalPlatform, drawn: Drawn, until: int, say: Say) -> None:
    """Let the jobs of the clock run until so many packets are ready."""
    last = time.monotonic()
    while drawn.ready < until:
        local.scheduled("handouts", "* * * * *", datetime.now(UTC))
        ready = _number(local, _NUMBER_READY)
        if ready > drawn.ready:
            drawn.ready, last = ready, time.monotonic()
            say(f"{drawn.ready} of {drawn.size} are ready")
        elif time.monotonic() - last > _WITHIN_S:
            drawn.wrong.append("Nothing becomes ready any more")
            return


def _problems(local: LocalPlatform, drawn: Drawn) -> Iterator[str]:
    ready = local.batch([Statement(_READY)])[0]
    if len(ready) != drawn.size or len({row["pdf_upload_id"] for row in ready}) != drawn.size:
        yield f"{len(ready)} packets are ready, of {drawn.size}"
    files = _number(local, _FILES)
    if files != drawn.size:
        yield f"{files} files were made for {drawn.size} packets"
    yield from (f"Made twice: {row['record_id']}" for row in local.batch([Statement(_TWICE)])[0])
    ring, app = KeyRing.parse(development_vars()["IDENTITY_KEYS"]), load_registry().workers["handouts"]
    reader = Person("usr_mia", "usr_mia", "", "manager", (), (Location("loc_aa", "loc_aa"),), "ses_drill")
    with httpx.Client(base_url=local.addresses()["handouts"], timeout=60) as client:
        for row in ready:
            headers = {HEADER: identity_header(ring, reader, app.name, time.time())}
            answer = client.get(f"/handouts/packets/{row['id']}/pdf", headers=headers)
            if answer.status_code != httpx.codes.OK or not _is_of(answer.content, row):
                yield f"The PDF of {row['id']} does not open: {answer.status_code}"


def _is_of(content: bytes, packet: Row) -> bool:
    """Whether PDFium opens it with all its pages, and finds the packet's code on the first."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        return False
    try:
        text: str = document[0].get_textpage().get_text_range()
        return len(document) == PAGES and shown_code(str(packet["qr_code"])) in text
    finally:
        document.close()


def _set_up(local: LocalPlatform, workers: tuple[BuiltWorker, ...], size: int) -> None:
    local.migrate()
    seed(local, next(each.worker for each in workers if each.worker.id == "auth"), datetime.now(UTC))
    packets = [_packet(number) for number in range(size)]
    for start in range(0, size, _AT_ONCE):
        local.batch([insert("generated_handouts", each) for each in packets[start : start + _AT_ONCE]])


def _packet(number: int) -> dict[str, Value]:
    """A packet that was given out and waits for its PDF."""
    now = datetime.now(UTC)
    at = iso_utc(now)
    return {
        "id": new_id(now),
        "location_id": "loc_aa",
        "is_general": 0,
        "patient_name": f"Pat Example {number}",
        "patient_dob": "1985-06-15",
        "patient_source": "manual",
        "rendered_json": json.dumps([_document(page).plain() | {"language": "en"} for page in range(PAGES)]),
        "status": "queued",
        "digital_allowed": 1,
        "qr_code": new_code(PACKET_CODE_LENGTH),
        "qr_expires_at": iso_utc(now + timedelta(days=30)),
        "generated_by": "usr_pat",
        "generated_at": at,
        "created_at": at,
        "updated_at": at,
    }


def _document(number: int) -> Document:
    lines = tuple((Run(f"Step {line}: wash, wait for {line} minutes, and rinse."),) for line in range(1, 16))
    return Document(f"Drill {number + 1}", (Block(Shape.NUMBERS, lines),))


def _number(local: LocalPlatform, sql: str) -> int:
    return int(local.batch([Statement(sql)])[0][0]["number"] or 0)


@contextmanager
def _running(workers: tuple[BuiltWorker, ...], state: Path) -> Iterator[LocalPlatform]:
    with LocalPlatform(ensure_runtime(_nothing), list(workers), Settings(0, state), _nothing) as local:
        local.start()
        yield local


def _nothing(_: object) -> None:
    """The drill speaks for itself."""
