"""Who may do what in this app."""

from ganger.permissions import Permission, Role

VIEW = Permission("inventory:view", Role.STAFF)
RECEIVE = Permission("inventory:receive", Role.STAFF)
