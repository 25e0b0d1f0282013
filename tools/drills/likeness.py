"""Whether two kinds of answers can be told apart by their times. Pure."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import median

# Of what is alike, one comparison in 15,000 lies further out: a drill makes three.
MOST = 4.0


@dataclass(frozen=True, slots=True)
class Likeness:
    """How far apart two kinds of answers are; `z` is that of the rank-sum test of their times."""

    name: str
    z: float
    medians_s: tuple[float, float]
    has_same_shape: bool

    @property
    def is_alike(self) -> bool:
        """Whether who asks learns nothing."""
        return self.has_same_shape and abs(self.z) < MOST

    @property
    def medians(self) -> str:
        """The medians as text."""
        one, other = (1000 * each for each in self.medians_s)
        return f"{one:.1f} and {other:.1f} ms, z {self.z:+.1f}"

    def __str__(self) -> str:
        return self.name


def likeness(name: str, one: Sequence[float], other: Sequence[float], *, has_same_shape: bool) -> Likeness:
    """Compare the times (s) of two kinds of answers."""
    return Likeness(name, rank_sum_z(one, other), (median(one), median(other)), has_same_shape)


def rank_sum_z(one: Sequence[float], other: Sequence[float]) -> float:
    """How many standard deviations the ranks of `one` are above what chance gives; 20 values each at least.

    Source: H. B. Mann and D. R. Whitney, "On a test of whether one of two random variables is stochastically
    larger than the other", 1947; normal approximation, ties at their mean rank.
    """
    ordered = sorted([*one, *other])
    ranks = ((bisect_left(ordered, value) + bisect_right(ordered, value) - 1) / 2 for value in one)
    total = sum(ranks) - len(one) * (len(one) - 1) / 2
    expected = len(one) * len(other) / 2
    return (total - expected) / sqrt(len(one) * len(other) * (len(one) + len(other) + 1) / 12)
