"""Guess codes and dates of birth at the patient site: nothing may be found, and guessing has to be slowed.

Half of the guesses come from few network addresses, as from one machine, half from as many as it takes to be
below every limit. What opens nothing is asked for many times besides, to see whether an expired code can be
told from a revoked one, by the answer or by its time.
"""

import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random

import httpx

from app_workers.handouts.domain.access import MAX_FAILED_CHECKS
from app_workers.handouts.domain.tries import LIMITS, WITHIN, Try
from ganger.codes import ALPHABET, PACKET_CODE_LENGTH
from tools.build import build
from tools.drills.guessed import Guessed, give_out
from tools.drills.likeness import Likeness, likeness
from tools.local import LocalPlatform, Settings
from tools.local.demo import seed as seed_demo
from tools.local.keys import development_vars
from tools.runtime import ensure_runtime

FEW = 4  # addresses of one who has not many
_THREADS = 4
_PACKETS = 20  # whose dates of birth are guessed
_SAMPLES = 100  # answers of each kind whose times are compared
_CHANGING = re.compile(r'(nonce|request-id)[="]+[^"\s>]+|\?lang=\w+')
_FIRST_DAY, _DAYS = date(1930, 1, 1), 33_000
_hosts = count(1)  # of 198.18.0.0/15, which is for measurements (RFC 2544)


@dataclass
class Findings:
    """What came of guessing: answers by status for each way of asking, and what must not be."""

    answers: dict[str, Counter[int]] = field(default_factory=dict)
    alike: list[Likeness] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    took_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Ask:
    """One request from an address; without a date of birth a scan."""

    address: str
    path: str
    dob: str | None = None


class Guesser:
    """Asks the patient site of a running platform."""

    def __init__(self, local: LocalPlatform, seed: int) -> None:
        self._local = local
        self._client = httpx.Client(base_url=local.addresses()["handouts-patient"], timeout=60)
        self._random = Random(seed)  # noqa: S311 - to be had again, not to be secret

    def close(self) -> None:
        """Give up the connections."""
        self._client.close()

    def guess(self, codes: int, dates: int, samples: int = _SAMPLES) -> Findings:
        """Carry the drill out; everything that must not be stands in `wrong`."""
        findings, started = Findings(), time.monotonic()
        packets = [give_out(self._local) for _ in range(_PACKETS)]
        self._codes(findings, codes // 2, FEW, "codes from few addresses")
        self._codes(findings, codes - codes // 2, _enough(codes, LIMITS[Try.UNKNOWN]), "codes from many")
        self._dates(findings, packets[: _PACKETS // 2], dates // 2, FEW, "dates from few addresses")
        many = _enough(dates, LIMITS[Try.BIRTH_DATE])
        self._dates(findings, packets[_PACKETS // 2 :], dates - dates // 2, many, "dates from many")
        findings.alike = self._compared(samples)
        findings.wrong += [f"{each} can be told apart" for each in findings.alike if not each.is_alike]
        findings.took_s = time.monotonic() - started
        if (
            self._send(Ask(_address(), f"/qr/{give_out(self._local).code}")).status_code
            != httpx.codes.SEE_OTHER
        ):
            findings.wrong.append("The right code does not open")
        return findings

    def _codes(self, findings: Findings, number: int, addresses: int, name: str) -> None:
        places = [_address() for _ in range(addresses)]
        codes = ("".join(self._random.choices(ALPHABET, k=PACKET_CODE_LENGTH)) for _ in range(number))
        asked = [Ask(places[index % addresses], f"/qr/{code}") for index, code in enumerate(codes)]
        found, windows = self._sent(asked)
        findings.answers[name] = found
        if found.keys() - {httpx.codes.NOT_FOUND, httpx.codes.TOO_MANY_REQUESTS}:
            findings.wrong.append(f"{name}: {dict(found)}")
        if found[httpx.codes.NOT_FOUND] > addresses * LIMITS[Try.UNKNOWN] * windows:
            findings.wrong.append(f"{name}: more were looked up than the limit allows")

    def _dates(
        self, findings: Findings, packets: Sequence[Guessed], number: int, addresses: int, name: str
    ) -> None:
        places = [_address() for _ in range(addresses)]
        days = (_FIRST_DAY + timedelta(days=self._random.randrange(_DAYS)) for _ in range(number))
        asked = [
            Ask(places[index % addresses], f"/view/{packets[index % len(packets)].token}", day.isoformat())
            for index, day in enumerate(days)
        ]
        found, windows = self._sent(asked)
        findings.answers[name] = found
        allowed = {httpx.codes.UNAUTHORIZED, httpx.codes.LOCKED, httpx.codes.TOO_MANY_REQUESTS}
        if found.keys() - allowed:
            findings.wrong.append(f"{name}: {dict(found)}")
        if found[httpx.codes.UNAUTHORIZED] >= len(packets) * MAX_FAILED_CHECKS:
            findings.wrong.append(f"{name}: more were compared than lock a packet")
        compared = number - found[httpx.codes.TOO_MANY_REQUESTS]
        if compared > addresses * LIMITS[Try.BIRTH_DATE] * windows:
            findings.wrong.append(f"{name}: more were looked at than the limit allows")

    def _compared(self, samples: int) -> list[Likeness]:
        """How much alike the answers are that a guesser would like to tell apart."""
        past, now = datetime.now(UTC) - timedelta(days=1), datetime.now(UTC)
        expired = give_out(self._local, code_until=past)
        revoked = give_out(self._local, revoked_at=now)
        over = give_out(self._local, link_until=past)
        pairs = (
            ("an expired and a revoked code", f"/qr/{expired.code}", f"/qr/{revoked.code}", None),
            ("an expired and a revoked link", f"/view/{over.token}", f"/view/{revoked.token}", None),
            ("a date for them", f"/view/{over.token}", f"/view/{revoked.token}", "1985-06-16"),
        )
        return [self._pair(samples, *pair) for pair in pairs]

    def _pair(self, samples: int, name: str, one: str, other: str, dob: str | None) -> Likeness:
        times: dict[str, list[float]] = {one: [], other: []}
        shapes: dict[str, set[str]] = {one: set(), other: set()}
        for index in range(2 * samples):
            # In turns, so that whatever else the machine does falls on both.
            path = (one, other)[index % 2]
            started = time.perf_counter()
            answer = self._send(Ask(_address(), path, dob))
            times[path].append(time.perf_counter() - started)
            shapes[path].add(_shape(answer))
        return likeness(name, times[one], times[other], has_same_shape=shapes[one] == shapes[other])

    def _sent(self, asked: Sequence[Ask]) -> tuple[Counter[int], int]:
        """The answers by status, and in how many times of the limits they fell."""
        started = time.monotonic()
        with ThreadPoolExecutor(_THREADS) as pool:
            found = Counter(answer.status_code for answer in pool.map(self._send, asked))
        return found, 1 + int((time.monotonic() - started) // WITHIN.total_seconds())

    def _send(self, asked: Ask) -> httpx.Response:
        headers = {"cf-connecting-ip": asked.address}
        if asked.dob is None:
            return self._client.get(asked.path, headers=headers)
        return self._client.post(asked.path, headers=headers, data={"dob": asked.dob})


def told(findings: Findings) -> Iterable[str]:
    """The findings as lines."""
    for name, answers in findings.answers.items():
        by_status = ", ".join(f"{number} x {status}" for status, number in sorted(answers.items()))
        yield f"{name}: {by_status}"
    for each in findings.alike:
        yield f"{each}: {each.medians}"
    yield f"{findings.took_s:.0f} s; {len(findings.wrong)} wrong"


def _enough(guesses: int, limit: int) -> int:
    """How many addresses half of the guesses need, so that none comes to the limit."""
    return guesses // 2 // limit + 1


def _address() -> str:
    number = next(_hosts)
    return f"198.{18 + number // 62_500}.{number // 250 % 250}.{number % 250 + 1}"


def _shape(answer: httpx.Response) -> str:
    """An answer without what differs each time."""
    headers = sorted(name for name in answer.headers if name not in ("date", "connection"))
    return f"{answer.status_code} {headers} {_CHANGING.sub('', answer.text)}"


def drill_guesses(codes: int, dates: int, seed: int, state: Path, say: Callable[[str], None]) -> Findings:
    """Guess at a patient site that runs for this alone, with its data in an empty folder."""
    with _running(state) as local:
        guesser = Guesser(local, seed)
        findings = guesser.guess(codes, dates)
        guesser.close()
    for line in told(findings):
        say(line)
    return findings


@contextmanager
def _running(state: Path) -> Iterator[LocalPlatform]:
    workers = build(["auth", "handouts", "handouts-patient"], "development", _nothing, development_vars())
    with LocalPlatform(ensure_runtime(_nothing), list(workers), Settings(0, state), _nothing) as local:
        local.start()
        local.migrate()
        seed_demo(local, next(each.worker for each in workers if each.worker.id == "auth"), datetime.now(UTC))
        yield local


def _nothing(_: object) -> None:
    """The drill speaks for itself."""
