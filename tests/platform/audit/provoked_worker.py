"""Takes the place of app_workers/management/worker.py: the portal with routes that misbehave."""

from app_workers.management.routes import routes
from ganger import catalogue
from ganger.edge import ApplicationEntrypoint, application
from ganger.live_topic import Topic
from ganger.log import log
from ganger.permissions import PUBLIC, SIGNED_IN, Permission, Role
from ganger.routing import Route
from ganger.vault_edge import vault_of

__all__ = ["Default", "Topic"]

PATIENTS = Permission("management:patients", role=Role.SUPERADMIN, reads_phi=True)


async def post_fails(ctx):
    """Raise an exception that quotes all that was sent."""
    body = (await ctx.request.body()).decode()
    cause = KeyError(body)
    raise ValueError(f"{ctx.request.query_string} {ctx.request.headers} {body}") from cause


async def post_logs(ctx):
    """Log what must never be logged."""
    form = await ctx.request.form()
    log("info", "provoked", **form)
    return ctx.json({})


async def get_patient(ctx):
    """Show a patient's birth date, once that is written down."""
    reason = ctx.request.query.get("why", "")
    await ctx.note_phi_read(
        "patient", ctx.params["patient_id"], "loc_aa", reason, ["birth_date"],
        is_minimum_necessary=True, is_consented=False,
    )  # fmt: skip
    return ctx.json({"birth_date": "1970-01-01"})


PROVOKED = (
    Route("POST", "/provoked/fails", post_fails, PUBLIC),
    Route("POST", "/provoked/logs", post_logs, PUBLIC),
    Route("GET", "/provoked/patients/{patient_id}", get_patient, PATIENTS),
    Route("GET", "/provoked/read/{patient_id}", get_patient, SIGNED_IN),
)


class Default(ApplicationEntrypoint):
    """The portal, and what goes wrong in it."""

    application = application((*routes(catalogue.APPS, vault_of("PROFILE_KEYS")), *PROVOKED))
