"""Which handler answers which address, and who may ask."""

from app_workers.management.permissions import EDIT_PROFILE, SUBMIT, VIEW
from app_workers.management.routes.approvals import get_approvals_page
from app_workers.management.routes.attachments import (
    delete_attachment,
    get_attachment,
    post_files,
    post_new_attachment,
    post_remove,
    post_upload,
)
from app_workers.management.routes.calendar import get_calendar, get_calendar_page
from app_workers.management.routes.changes import (
    patch_ticket,
    post_assign,
    post_assignment,
    post_decide,
    post_decision,
    post_move,
    post_priority,
    post_status,
)
from app_workers.management.routes.commands import get_commands
from app_workers.management.routes.comments import (
    delete_comment,
    get_comment_page,
    patch_comment,
    post_comment,
    post_edit_comment,
    post_new_comment,
    post_remove_comment,
)
from app_workers.management.routes.directory import get_directory, get_directory_page, get_person_page
from app_workers.management.routes.keeping import Keeper
from app_workers.management.routes.launcher import Launcher
from app_workers.management.routes.live import get_live
from app_workers.management.routes.notifications import (
    get_notifications,
    get_notifications_page,
    get_unread,
    post_read,
    post_read_page,
)
from app_workers.management.routes.places import post_location
from app_workers.management.routes.profiles import Profiles
from app_workers.management.routes.queue import get_queue_page, post_assignments, post_queue_assign
from app_workers.management.routes.reports import get_export, get_reports_page, get_stats
from app_workers.management.routes.requests import (
    get_request_page,
    get_requests_page,
    get_ticket,
    get_tickets,
)
from app_workers.management.routes.sending import (
    get_edit_page,
    get_form_page,
    get_tiles_page,
    post_edit,
    post_form,
    post_ticket,
)
from app_workers.management.routes.widgets import get_my_requests, get_pending_approvals
from ganger.platform import WorkerInfo
from ganger.ratelimit import Tier
from ganger.reference import reference_routes
from ganger.routing import Route
from ganger.vault import Opening

_FILES = (
    Route("POST", "/requests/{ticket_number}/attachments", post_files, SUBMIT),
    Route("GET", "/requests/{ticket_number}/attachments/{attachment_id}", get_attachment, VIEW),
    Route("POST", "/requests/{ticket_number}/attachments/{attachment_id}/remove", post_remove, SUBMIT),
    Route("POST", "/api/v1/uploads", post_upload, SUBMIT),
    Route("POST", "/api/v1/tickets/{ticket_number}/attachments", post_new_attachment, SUBMIT),
    Route(
        "DELETE",
        "/api/v1/tickets/{ticket_number}/attachments/{attachment_id}",
        delete_attachment,
        SUBMIT,
    ),
)
_OVERVIEWS = (
    Route("GET", "/calendar", get_calendar_page, VIEW),
    Route("GET", "/reports", get_reports_page, VIEW),
    Route("GET", "/api/v1/calendar", get_calendar, VIEW),
    Route("GET", "/api/v1/stats", get_stats, VIEW),
    Route("GET", "/api/v1/tickets/export.csv", get_export, VIEW, Tier.EXPORT),
)


def routes(apps: tuple[WorkerInfo, ...], vault: Opening) -> tuple[Route, ...]:
    """The routes of the portal with these apps; `vault` holds the emergency contacts."""
    launcher = Launcher(apps)
    profiles = Profiles(Keeper(vault), launcher)
    return (
        Route("POST", "/location", post_location, VIEW),
        Route("GET", "/", launcher.get_page, VIEW),
        Route("POST", "/apps/{app_key}/pin", launcher.post_pin, EDIT_PROFILE),
        Route("POST", "/apps/{app_key}/unpin", launcher.post_unpin, EDIT_PROFILE),
        Route("GET", "/profile", profiles.get_own_page, VIEW),
        Route("GET", "/directory", get_directory_page, VIEW),
        Route("GET", "/directory/{user_id}", get_person_page, VIEW),
        Route("GET", "/directory/{user_id}/edit", profiles.get_edit_page, EDIT_PROFILE),
        Route("POST", "/directory/{user_id}/edit", profiles.post_edit, EDIT_PROFILE),
        Route("GET", "/directory/{user_id}/emergency-contact", profiles.get_contact_page, VIEW),
        Route("POST", "/directory/{user_id}/emergency-contact", profiles.post_contact, EDIT_PROFILE),
        Route("GET", "/requests", get_requests_page, VIEW),
        Route("GET", "/requests/new", get_tiles_page, SUBMIT),
        Route("GET", "/requests/new/{form_type}", get_form_page, SUBMIT),
        Route("POST", "/requests/new/{form_type}", post_form, SUBMIT),
        Route("GET", "/requests/{ticket_number}", get_request_page, VIEW),
        Route("GET", "/requests/{ticket_number}/edit", get_edit_page, SUBMIT),
        Route("POST", "/requests/{ticket_number}/edit", post_edit, SUBMIT),
        Route("POST", "/requests/{ticket_number}/status", post_move, SUBMIT),
        Route("POST", "/requests/{ticket_number}/assign", post_assign, SUBMIT),
        Route("POST", "/requests/{ticket_number}/priority", post_priority, SUBMIT),
        Route("POST", "/requests/{ticket_number}/comments", post_comment, SUBMIT),
        Route("POST", "/requests/{ticket_number}/decision", post_decide, SUBMIT),
        Route("GET", "/approvals", get_approvals_page, VIEW),
        Route("GET", "/queue", get_queue_page, VIEW),
        Route("GET", "/api/v1/commands", get_commands(launcher), VIEW),
        Route("GET", "/api/v1/apps", launcher.get_apps, VIEW),
        Route("PUT", "/api/v1/apps/pins", launcher.put_pins, EDIT_PROFILE),
        Route("POST", "/api/v1/apps/{app_key}/launch", launcher.post_launch, VIEW),
        Route("GET", "/api/v1/directory", get_directory, VIEW),
        Route("GET", "/api/v1/profiles/{user_id}", profiles.get_profile, VIEW),
        Route("PATCH", "/api/v1/profiles/{user_id}", profiles.patch_profile, EDIT_PROFILE),
        Route("GET", "/api/v1/widgets/my_requests", get_my_requests, VIEW),
        Route("GET", "/api/v1/widgets/pending_approvals", get_pending_approvals, VIEW),
        Route("POST", "/queue/assign", post_queue_assign, SUBMIT),
        Route("GET", "/comments/{comment_id}", get_comment_page, SUBMIT),
        Route("POST", "/comments/{comment_id}", post_edit_comment, SUBMIT),
        Route("POST", "/comments/{comment_id}/remove", post_remove_comment, SUBMIT),
        Route("GET", "/notifications", get_notifications_page, VIEW),
        Route("POST", "/notifications/read", post_read_page, VIEW),
        Route("POST", "/notifications/{notification_id}/read", post_read_page, VIEW),
        Route("GET", "/live/{topic}", get_live, VIEW),
        Route("GET", "/api/v1/tickets", get_tickets, VIEW),
        Route("POST", "/api/v1/tickets", post_ticket, SUBMIT),
        Route("POST", "/api/v1/tickets/assign", post_assignments, SUBMIT),
        Route("GET", "/api/v1/tickets/{ticket_number}", get_ticket, VIEW),
        Route("PATCH", "/api/v1/tickets/{ticket_number}", patch_ticket, SUBMIT),
        Route("POST", "/api/v1/tickets/{ticket_number}/status", post_status, SUBMIT),
        Route("POST", "/api/v1/tickets/{ticket_number}/assign", post_assignment, SUBMIT),
        Route("POST", "/api/v1/tickets/{ticket_number}/comments", post_new_comment, SUBMIT),
        Route("POST", "/api/v1/tickets/{ticket_number}/decision", post_decision, SUBMIT),
        Route("PATCH", "/api/v1/comments/{comment_id}", patch_comment, SUBMIT),
        Route("DELETE", "/api/v1/comments/{comment_id}", delete_comment, SUBMIT),
        Route("GET", "/api/v1/notifications", get_notifications, VIEW),
        Route("GET", "/api/v1/notifications/unread", get_unread, VIEW),
        Route("POST", "/api/v1/notifications/read", post_read, VIEW),
        Route("POST", "/api/v1/notifications/{notification_id}/read", post_read, VIEW),
        *_FILES,
        *_OVERVIEWS,
        *reference_routes(VIEW),
    )
