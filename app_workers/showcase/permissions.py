"""Who may do what in this app."""

from ganger.permissions import Permission, Role

VIEW = Permission("showcase:view", Role.STAFF)
REVIEW = Permission("showcase:review", Role.SUPERADMIN)
