"""Who may do what: a permission is declared once, beside the routes that ask for it."""

from dataclasses import dataclass
from enum import StrEnum

from ganger.identity import Person
from ganger.platform import WorkerInfo


class Role(StrEnum):
    """The base role that each person has exactly one of."""

    STAFF = "staff"
    MANAGER = "manager"
    SUPERADMIN = "superadmin"


_RANK = {role.value: rank for rank, role in enumerate(Role)}


@dataclass(frozen=True, slots=True)
class Permission:
    """A named right, `<app>:<action>`, and the lowest base role that holds it without a grant.

    A permission whose role is None asks for nobody to be signed in.
    """

    name: str
    role: Role | None
    needs_step_up: bool = False  # a second factor within the last minutes
    is_administration: bool = False  # only from allowed addresses
    reads_phi: bool = False  # a refusal raises an alert


PUBLIC = Permission("platform:public", role=None)
SIGNED_IN = Permission("platform:signed-in", role=Role.STAFF)


def is_allowed(person: Person | None, permission: Permission) -> bool:
    """Whether the person holds the permission, by role or by grant."""
    if permission.role is None:
        return True
    if person is None:
        return False
    return _holds(person, permission.role.value, permission.name)


def is_shown(person: Person, app: WorkerInfo) -> bool:
    """Whether the person is shown an app's tile. Convenience only: the app itself asks for permissions."""
    return _holds(person, app.min_role, app.permission)


def _holds(person: Person, role: str, permission: str | None) -> bool:
    return _RANK[person.role] >= _RANK[role] or permission in person.permissions
