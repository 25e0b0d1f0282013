"""Drills: what breaks in production, broken on purpose on this machine, and what must still hold."""

from tools.drills.kills import DrillProblem, drill_kills

__all__ = ["DrillProblem", "drill_kills"]
