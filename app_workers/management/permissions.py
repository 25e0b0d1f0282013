"""Who may do what in this app. The last is asked of the person, not of a route."""

from ganger.permissions import Permission, Role

VIEW = Permission("management:view", Role.STAFF)
SUBMIT = Permission("management:submit", Role.STAFF)
EDIT_PROFILE = Permission("management:edit-profile", Role.STAFF)
HR_APPROVE = Permission("management:hr-approve", Role.SUPERADMIN)
