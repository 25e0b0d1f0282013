"""A slice of `ganger drill guesses`, at the limits that hold in production."""

import pytest

from tools.drills.guesses import Guesser

pytestmark = pytest.mark.runtime


@pytest.mark.measured
def test_guesses_find_nothing_and_are_slowed(platform):
    guesser = Guesser(platform.local, seed=1)
    findings = guesser.guess(codes=100, dates=60, samples=20)
    guesser.close()
    assert findings.wrong == []
    few = findings.answers["codes from few addresses"]
    assert (few[404], few[429]) == (40, 10)
