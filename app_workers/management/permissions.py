"""Who may do what in this app. The last three are asked of the person, not of a route."""

from ganger.permissions import Permission, Role

VIEW = Permission("management:view", Role.STAFF)
SUBMIT = Permission("management:submit", Role.STAFF)
EDIT_PROFILE = Permission("management:edit-profile", Role.STAFF)
HR_APPROVE = Permission("management:hr-approve", Role.SUPERADMIN)
EXPENSE_APPROVE = Permission("management:expense-approve", Role.SUPERADMIN)
SUPPORT_AGENT = Permission("management:support-agent", Role.SUPERADMIN)
