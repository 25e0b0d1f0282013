"""Heavy computing for the apps: what a job is asked as, and how it stands. docs/heavy.md tells the whole.

    answer = await ctx.call(SUBMIT, Submission(kind=HANDOUT_PDF, key=packet.id, steps=(handout.plain(),)))
    job = await ctx.call(FIND_JOB, JobQuestion(job_id=answer.id))       # each may be a Refusal

A job with the same key is the same job, so asking again after a lost answer starts nothing twice.
"""

import json
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any, Literal, Self

from pydantic import Field

from ganger.records import Record
from ganger.rpc import Method, Service

MAX_STEPS = 500
MAX_STEP_BYTES = 1_000_000  # of a step's params as JSON, for they are one value of the database
_ROWS_BYTES = 900_000  # of these the rows of a table, so that name and header find room too
RESULT_HOURS = 24  # for which a job can be asked for after its end, and files that are not kept with it

# Codes of refusals besides those of any call.
KEY_REUSED = "KEY_REUSED"  # the key stands for a job that was asked for otherwise
UNKNOWN_KIND = "UNKNOWN_KIND"
NO_SUCH_JOB = "NO_SUCH_JOB"  # or of another app

# Code of a step that was tried as often as any.
GIVEN_UP = "GIVEN_UP"


# What this kind of work draws is a `Handout`.
HANDOUT_PDF = "handout_pdf"
PDF_TOO_LARGE = "PDF_TOO_LARGE"  # more than MAX_PAGES or MAX_PDF_BYTES
MAX_PAGES = 40
MAX_PDF_BYTES = 5 * 1024 * 1024


# What this kind of work writes is a `Table`.
CSV_FILE = "csv_file"


class JobState(StrEnum):
    """How a job or a step stands; `done` and `failed` are for ever."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"

    @property
    def has_ended(self) -> bool:
        """Whether nothing more will happen."""
        return self in (JobState.DONE, JobState.FAILED)


class Submission(Record):
    """A job to be done: one or more steps of one kind, of which each makes one file."""

    kind: str = Field(max_length=40, description="a kind of work, such as `handout_pdf`")
    key: str = Field(
        min_length=1, max_length=100, description="of the app's own; the same key is the same job"
    )
    location_id: str | None = Field(default=None, max_length=40)
    is_kept: bool = Field(
        default=False, description="the files are the app's, which deletes them; else they go with the job"
    )
    steps: tuple[dict[str, Any], ...] = Field(min_length=1, max_length=MAX_STEPS)


class HandoutHeader(Record):
    """What stands above every page of a handout; the patient's facts are left out of a general one."""

    practice: str = Field(min_length=1, max_length=100)
    address: str = Field(min_length=1, max_length=200, description="of the location")
    phone: str = Field(min_length=1, max_length=40)
    patient_name: str | None = Field(default=None, max_length=200)
    patient_mrn: str | None = Field(default=None, max_length=20)
    date_on: date = Field(description="of the visit; shown with a patient")


class HandoutCode(Record):
    """The code by which the handout is found again."""

    code: str = Field(pattern=r"^[0-9A-HJKMNP-TV-Z]{10}$", description="Crockford's base 32")
    url: str = Field(pattern=r"^https?://", max_length=200, description="what the QR code holds")
    valid_until: date

    @property
    def readable(self) -> str:
        """The code as people read it: `7K3MQ-9XW2P`."""
        return f"{self.code[:5]}-{self.code[5:]}"


class Handout(Record):
    """A packet that becomes one PDF: the params of a step of HANDOUT_PDF."""

    documents: tuple[dict[str, Any], ...] = Field(
        min_length=1, max_length=20, description="each as `ganger.documents.Document.plain` writes it"
    )
    header: HandoutHeader
    code: HandoutCode | None = Field(default=None, description="without one there is no QR code")
    language: Literal["en", "es"] = "en"


class Table(Record):
    """Rows that become one file for spreadsheets: the params of a step of CSV_FILE."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,80}$", description="of the file, without its ending")
    header: tuple[str, ...] = Field(min_length=1, max_length=60)
    rows: tuple[tuple[str | int | None, ...], ...]

    @classmethod
    def parts(
        cls, name: str, header: tuple[str, ...], rows: Sequence[tuple[str | int | None, ...]]
    ) -> list[Self]:
        """The table as so many that each is small enough for a step; an empty one is one too."""
        cuts, size = [0], 0
        for index, row in enumerate(rows):
            row_size = len(json.dumps(row).encode()) + 1
            if size and size + row_size > _ROWS_BYTES:
                cuts.append(index)
                size = 0
            size += row_size
        ends = [*cuts[1:], len(rows)]
        names = [name] if len(cuts) == 1 else [f"{name}-{number}" for number in range(1, len(cuts) + 1)]
        return [
            cls(name=part, header=header, rows=tuple(rows[start:end]))
            for part, start, end in zip(names, cuts, ends, strict=True)
        ]


class Result(Record):
    """The file that a step has made: a row of `file_uploads`."""

    position: int = Field(ge=1, description="of the step, from 1")
    upload_id: str
    object_key: str = Field(description="where the file is, for `ctx.objects.open`")
    file_name: str
    media_type: str
    sha256: str
    size_bytes: int
    pages: int | None = None


class Job(Record):
    """A job as it stands. One whose steps failed in part has the results of the others."""

    id: str
    app: str
    kind: str
    state: JobState
    done: int
    failed: int
    total: int
    failure_code: str | None = None
    requested_by: str
    location_id: str | None = None
    version: int
    created_at: str
    expires_at: str | None = Field(default=None, description="when it is forgotten, once it has ended")
    results: tuple[Result, ...] = Field(default=(), description="of the steps that are done")


class JobQuestion(Record):
    """Which job is asked for."""

    job_id: str = Field(min_length=1, max_length=40)


JOBS = Service("heavy", "Jobs")
SUBMIT = Method(JOBS, "submit", Submission, Job, within_s=10.0)
FIND_JOB = Method(JOBS, "job", JobQuestion, Job)


def job_topic(job_id: str) -> str:
    """The live topic of a job; it tells `state`, `done`, `failed` and `total` under the key `job.<id>`."""
    return f"heavy.job.{job_id}"
