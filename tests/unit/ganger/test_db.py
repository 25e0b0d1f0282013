"""Values on their way to the database."""

import pytest

from ganger.db import refuse_too_large
from ganger.errors import BadRequest


def test_whatever_javascript_holds_exactly_passes():
    refuse_too_large((None, "9" * 40, 1.5e300, 2**53 - 1, 1 - 2**53))


@pytest.mark.parametrize("value", [2**53, -(2**53), 10**30])
def test_a_larger_number_is_refused_before_the_database_sees_it(value):
    with pytest.raises(BadRequest):
        refuse_too_large(("a", value))
