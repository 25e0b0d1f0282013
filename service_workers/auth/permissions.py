"""Who may do what about their own account."""

from ganger.permissions import Permission, Role

CHANGE_SECOND_FACTOR = Permission("auth:change-second-factor", Role.STAFF, needs_step_up=True)
