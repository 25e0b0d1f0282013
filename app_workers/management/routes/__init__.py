"""Which handler answers which address, and who may ask."""

from app_workers.management.permissions import SUBMIT, VIEW
from app_workers.management.routes.approvals import get_approvals_page
from app_workers.management.routes.changes import (
    post_assign,
    post_assignment,
    post_comment,
    post_decide,
    post_decision,
    post_move,
    post_new_comment,
    post_status,
)
from app_workers.management.routes.commands import get_commands
from app_workers.management.routes.launcher import get_apps, get_launcher
from app_workers.management.routes.places import post_location
from app_workers.management.routes.requests import (
    get_queue_page,
    get_request_page,
    get_requests_page,
    get_ticket,
    get_tickets,
)
from app_workers.management.routes.sending import (
    get_edit_page,
    get_form_page,
    get_tiles_page,
    patch_ticket,
    post_edit,
    post_form,
    post_ticket,
)
from ganger.platform import WorkerInfo
from ganger.routing import Route


def routes(apps: tuple[WorkerInfo, ...]) -> tuple[Route, ...]:
    """The routes of the portal with these apps."""
    return (
        Route("GET", "/", get_launcher, VIEW),
        Route("POST", "/location", post_location, VIEW),
        Route("GET", "/requests", get_requests_page, VIEW),
        Route("GET", "/requests/new", get_tiles_page, SUBMIT),
        Route("GET", "/requests/new/{form_type}", get_form_page, SUBMIT),
        Route("POST", "/requests/new/{form_type}", post_form, SUBMIT),
        Route("GET", "/requests/{ticket_number}", get_request_page, VIEW),
        Route("GET", "/requests/{ticket_number}/edit", get_edit_page, SUBMIT),
        Route("POST", "/requests/{ticket_number}/edit", post_edit, SUBMIT),
        Route("POST", "/requests/{ticket_number}/status", post_move, SUBMIT),
        Route("POST", "/requests/{ticket_number}/assign", post_assign, SUBMIT),
        Route("POST", "/requests/{ticket_number}/comments", post_comment, SUBMIT),
        Route("POST", "/requests/{ticket_number}/decision", post_decide, SUBMIT),
        Route("GET", "/approvals", get_approvals_page, VIEW),
        Route("GET", "/queue", get_queue_page, VIEW),
        Route("GET", "/api/v1/apps", get_apps(apps), VIEW),
        Route("GET", "/api/v1/commands", get_commands(apps), VIEW),
        Route("GET", "/api/v1/tickets", get_tickets, VIEW),
        Route("POST", "/api/v1/tickets", post_ticket, SUBMIT),
        Route("GET", "/api/v1/tickets/{ticket_number}", get_ticket, VIEW),
        Route("PATCH", "/api/v1/tickets/{ticket_number}", patch_ticket, SUBMIT),
        Route("POST", "/api/v1/tickets/{ticket_number}/status", post_status, SUBMIT),
        Route("POST", "/api/v1/tickets/{ticket_number}/assign", post_assignment, SUBMIT),
        Route("POST", "/api/v1/tickets/{ticket_number}/comments", post_new_comment, SUBMIT),
        Route("POST", "/api/v1/tickets/{ticket_number}/decision", post_decision, SUBMIT),
    )
