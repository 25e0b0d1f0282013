"""Who may do what in this app."""

from ganger.permissions import Permission, Role

VIEW = Permission("inventory:view", Role.STAFF)
RECEIVE = Permission("inventory:receive", Role.STAFF)
USE = Permission("inventory:use", Role.STAFF)
ADJUST = Permission("inventory:adjust", Role.MANAGER)
MANAGE_CATALOG = Permission("inventory:manage-catalog", Role.MANAGER)
COUNT = Permission("inventory:count", Role.STAFF)
REVIEW_COUNTS = Permission("inventory:review-counts", Role.MANAGER)
TRANSFER = Permission("inventory:transfer", Role.STAFF)
ORDER = Permission("inventory:order", Role.STAFF)
APPROVE_ORDERS = Permission("inventory:approve-orders", Role.MANAGER)
