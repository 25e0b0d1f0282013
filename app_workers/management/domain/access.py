"""What a person may see of requests, besides their own: it follows from role and grants alone."""

from dataclasses import dataclass

from app_workers.management.models.forms import FormType
from app_workers.management.permissions import EXPENSE_APPROVE, HR_APPROVE, SUPPORT_AGENT
from ganger.identity import Person
from ganger.permissions import Role, is_allowed


@dataclass(frozen=True, slots=True)
class Rights:
    """What stands for the person in the rules.

    `is_manager`: of requests that need no approval, at their locations or at none. `is_hr`: of requests
    that HR decides. `is_finance`: of expenses. `is_agent`: of support requests that nobody works on.
    """

    is_manager: bool
    is_hr: bool
    is_finance: bool = False
    is_agent: bool = False

    @classmethod
    def of(cls, person: Person) -> "Rights":
        """The rights of a person."""
        return cls(
            is_manager=person.role in (Role.MANAGER, Role.SUPERADMIN),
            is_hr=is_allowed(person, HR_APPROVE),
            is_finance=is_allowed(person, EXPENSE_APPROVE),
            is_agent=is_allowed(person, SUPPORT_AGENT),
        )

    def decides(self, form_type: FormType) -> bool:
        """Whether the person may take any step of such requests: finance of expenses, HR of the others."""
        return self.is_finance if form_type is FormType.EXPENSE_REIMBURSEMENT else self.is_hr
