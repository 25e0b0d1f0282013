"""Who may do what in this app."""

from ganger.permissions import Permission, Role

VIEW = Permission("handouts:view", Role.STAFF)
MANAGE_TEMPLATES = Permission("handouts:manage-templates", Role.MANAGER)
APPROVE = Permission("handouts:approve", Role.MANAGER)
APPROVE_CLINICAL = Permission("handouts:approve-clinical", Role.SUPERADMIN)
REPORT = Permission("handouts:report", Role.MANAGER)
GIVE = Permission("handouts:give", Role.STAFF, reads_phi=True)
EXPORT = Permission("handouts:export", Role.MANAGER, reads_phi=True)
