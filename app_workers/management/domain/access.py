"""What a person may see of requests, besides their own: it follows from role and grants alone."""

from dataclasses import dataclass

from app_workers.management.permissions import HR_APPROVE
from ganger.identity import Person
from ganger.permissions import Role, is_allowed


@dataclass(frozen=True, slots=True)
class Rights:
    """What stands for the person in the rules.

    `is_manager`: of requests that need no approval, at their locations or at none. `is_hr`: of requests
    that HR decides.
    """

    is_manager: bool
    is_hr: bool

    @classmethod
    def of(cls, person: Person) -> "Rights":
        """The rights of a person."""
        return cls(
            is_manager=person.role in (Role.MANAGER, Role.SUPERADMIN),
            is_hr=is_allowed(person, HR_APPROVE),
        )
