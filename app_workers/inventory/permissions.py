"""Who may do what in this app."""

from ganger.permissions import Permission, Role

VIEW = Permission("inventory:view", Role.STAFF)
RECEIVE = Permission("inventory:receive", Role.STAFF)
USE = Permission("inventory:use", Role.STAFF)
ADJUST = Permission("inventory:adjust", Role.MANAGER)
