"""Drills: what breaks in production, broken on purpose on this machine, and what must still hold."""

from tools.drills.batch import drill_batch
from tools.drills.crowd import drill_crowd
from tools.drills.guesses import drill_guesses
from tools.drills.kills import drill_kills
from tools.drills.restore import drill_restore
from tools.drills.sender import DrillProblem
from tools.drills.soak import drill_soak

__all__ = [
    "DrillProblem",
    "drill_batch",
    "drill_crowd",
    "drill_guesses",
    "drill_kills",
    "drill_restore",
    "drill_soak",
]
