"""What a handler is given: the request, who asks, and the services that it may use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from http import HTTPStatus
from typing import Generic, TypedDict, TypeVar

from ganger.addresses import HEADER as ADDRESS
from ganger.addresses import AllowList
from ganger.assets import Assets
from ganger.audit import VISITOR, Actor, phi_read
from ganger.cache import Cache
from ganger.clock import Clock, clinic_date
from ganger.db import Database
from ganger.db_figures import Figures
from ganger.errors import Unauthenticated, Unavailable
from ganger.flash import Flash, cleared_flash_cookie, flash_cookie, read_flash
from ganger.forms import Form, R, read_form
from ganger.http import SAFE_METHODS, Json, Request, Response, html_response, json_response, see_other
from ganger.identity import Person
from ganger.live_rules import Live
from ganger.objects import Objects
from ganger.pages import Pages
from ganger.platform import WorkerInfo
from ganger.ratelimit import Limiter
from ganger.rpc import A as Asked
from ganger.rpc import Deadline, Method, Refusal, Remotes
from ganger.rpc import R as Answered
from ganger.scope import Scope

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Services:
    """What the runtime lends a worker.

    Without a `limiter` nothing is counted. `administrators` are the addresses that may administer; None,
    on a developer's machine alone, is all. `live` are the topics of a worker that has some, `objects` the
    files, `cache` keeps what a worker with a database has made, `assets` are the files that the build put
    beside a worker, and `remotes` are other workers' services.
    `job_topics` are the topics of jobs, which heavy computing holds, `site_origin` is where patients
    reach the site of this app, and `figures` are those of the database.
    """

    clock: Clock
    database: Database | None = None
    limiter: Limiter | None = None
    administrators: AllowList | None = None
    live: Live | None = None
    objects: Objects | None = None
    cache: Cache | None = None
    assets: Assets | None = None
    remotes: Remotes | None = None
    job_topics: Live | None = None
    site_origin: str | None = None
    figures: Figures | None = None

    @property
    def db(self) -> Database:
        """The platform's database.

        Raises:
            Unavailable: this worker has none.
        """
        if self.database is None:
            raise Unavailable("This worker has no database.")
        return self.database

    @property
    def site(self) -> str:
        """Where patients reach the site of this app, such as `https://handouts.gangerdermatology.com`.

        Raises:
            Unavailable: it has none.
        """
        if self.site_origin is None:
            raise Unavailable("This worker has no site for patients.")
        return self.site_origin

    @property
    def topics(self) -> Live:
        """The live topics of this worker.

        Raises:
            Unavailable: it has none.
        """
        if self.live is None:
            raise Unavailable("This worker has no live topics.")
        return self.live

    @property
    def reached(self) -> Remotes:
        """The services of other workers.

        Raises:
            Unavailable: it reaches none.
        """
        if self.remotes is None:
            raise Unavailable("This worker reaches no other.")
        return self.remotes


@dataclass(frozen=True, slots=True)
class Context:
    """One request on its way through one handler."""

    request: Request
    request_id: str
    nonce: str
    worker: WorkerInfo
    person: Person | None
    services: Services
    pages: Pages
    now: datetime
    params: Mapping[str, str] = field(default_factory=dict)

    @property
    def user(self) -> Person:
        """The person who asks; routes with a permission always have one."""
        if self.person is None:
            raise Unauthenticated("Sign in first.")
        return self.person

    @property
    def scope(self) -> Scope:
        """The locations whose rows the person may see."""
        return Scope.of(self.user)

    @property
    def actor(self) -> Actor:
        """The person as the audit log names them."""
        return Actor(self.user.id, self.request_id, self.address, self.now)

    @property
    def address(self) -> str | None:
        """The network address that the request comes from, as Cloudflare saw it."""
        return self.request.headers.get(ADDRESS)

    @property
    def today(self) -> date:
        """The calendar date at the clinics."""
        return clinic_date(self.now)

    @property
    def db(self) -> Database:
        """The platform's database."""
        return self.services.db

    @property
    def cache(self) -> Cache:
        """What this worker keeps for a while."""
        if self.services.cache is None:
            raise Unavailable("This worker has no cache.")
        return self.services.cache

    @property
    def live(self) -> Live:
        """The live topics of this worker."""
        return self.services.topics

    @property
    def objects(self) -> Objects:
        """The files of this worker."""
        if self.services.objects is None:
            raise Unavailable("This worker keeps no files.")
        return self.services.objects

    @property
    def assets(self) -> Assets:
        """The files that the build put beside this worker."""
        if self.services.assets is None:
            raise Unavailable("This worker has no assets.")
        return self.services.assets

    async def note_phi_read(
        self,
        record_type: str,
        record_id: str,
        location_id: str | None,
        justification: str,
        fields: Sequence[str],
        *,
        is_minimum_necessary: bool,
        is_consented: bool,
    ) -> None:
        """Write into the audit log that the person sees a patient's data, before any of it is shown.

        A handler awaits this ahead of its answer, and shows nothing when it raises; see
        `ganger.audit.phi_read` for the arguments.

        Raises:
            ValidationFailed: the justification is empty or too long.
            DatabaseError: it could not be written.
        """
        read = phi_read(
            self.actor,
            record_type,
            record_id,
            location_id,
            justification,
            fields,
            is_minimum_necessary=is_minimum_necessary,
            is_consented=is_consented,
        )
        await self.db.batch([read])

    async def call(self, method: Method[Asked, Answered], asked: Asked) -> Answered | Refusal:
        """Call another worker, for the person who asks; the answer, or why there is none (docs/rpc.md)."""
        user_id = self.person.id if self.person else VISITOR
        actor = Actor(user_id, self.request_id, self.address, self.now)
        return await self.services.reached.call(method, asked, actor, Deadline.within(method.within_s))

    async def parse(self, model: type[R]) -> R:
        """The JSON body as a record.

        Raises:
            ValidationFailed: fields are missing or wrong.
        """
        return model.checked(await self.request.json())

    async def form(self, model: type[R]) -> Form[R]:
        """The posted form, checked but not raised, so that a page can show it again."""
        return read_form(model, await self.request.form())

    def query(self, model: type[R], *lists: str) -> R:
        """The query parameters as a record; empty ones count as not given.

        Args:
            lists: names of parameters that may be given several times, each for one value of a list.
        Raises:
            ValidationFailed: a parameter is wrong.
        """
        given = [(name, value) for name, value in self.request.query_pairs if value]
        values: dict[str, object] = dict(given)
        values |= {each: [value for name, value in given if name == each] for each in lists if each in values}
        return model.checked(values)

    def json(self, value: T, status: HTTPStatus = HTTPStatus.OK) -> Json[T]:
        """An answer with records as JSON."""
        return json_response(value, status)

    def page(self, template: str, status: HTTPStatus = HTTPStatus.OK, **values: object) -> Response:
        """An answer with a rendered page; the message of the last page is shown and cleared.

        A page that is fetched ahead may never be seen, so it leaves the message to the page that is.
        """
        flash = None if self.request.is_ahead else read_flash(self.request.cookies)
        layout = {
            "app": self.worker,
            "apps": self.pages.apps_of(self.person),
            "flash": flash,
            "here": self.here,
            "nonce": self.nonce,
            "now": self.now,
            "person": self.person,
            "request_id": self.request_id,
            "status": status.value,
        }
        response = html_response(self.pages.render(template, layout | values), status)
        return Response(response.body, status, response.headers, (cleared_flash_cookie(),) if flash else ())

    def redirect(self, path: str, flash: str | None = None, tone: str = "success") -> Response:
        """Send the browser to a page of this worker, which shows the message."""
        cookies = (flash_cookie(Flash(flash, tone)),) if flash else ()
        return see_other(self.url(path), cookies)

    @property
    def here(self) -> str:
        """The URL path and query of the page that the person is on; after a form, of the app's first page."""
        return self.request.target if self.request.method in SAFE_METHODS else self.worker.mount or "/"

    def url(self, path: str) -> str:
        """The URL path of a page of this worker."""
        return (self.worker.mount or "").rstrip("/") + path


class Listed(TypedDict, Generic[T]):
    """The body of a list: one page of it, and how many there are in all."""

    items: Sequence[T]
    page: int
    limit: int
    total: int


class Feed(TypedDict, Generic[T]):
    """The body of a list without an end: some of it, and where the next begins if there is more."""

    items: Sequence[T]
    next_cursor: str | None


def items(values: Sequence[T], page: int, limit: int, total: int) -> Listed[T]:
    """One page of a list."""
    return {"items": values, "page": page, "limit": limit, "total": total}
