"""Telling two kinds of answers apart by their times."""

from random import Random

import pytest

from tools.drills.likeness import likeness, rank_sum_z


def times(seed, mean_s):
    random = Random(seed)  # noqa: S311 - to be had again, not to be secret
    return [random.gauss(mean_s, 0.002) for _ in range(100)]


def test_times_of_one_kind_are_alike():
    assert abs(rank_sum_z(times(1, 0.02), times(2, 0.02))) < 3
    assert rank_sum_z([0.01] * 20, [0.01] * 20) == 0


def test_a_difference_of_a_tenth_is_found_in_both_directions():
    assert rank_sum_z(times(1, 0.022), times(2, 0.02)) > 4
    assert rank_sum_z(times(1, 0.02), times(2, 0.022)) < -4


def test_ranks_are_those_of_the_source():
    # All of three below all of three others: U = 0, 4.5 below what chance gives, of sqrt(3 * 3 * 7 / 12).
    assert rank_sum_z([1, 2, 3], [4, 5, 6]) == pytest.approx(-4.5 / (3 * 3 * 7 / 12) ** 0.5)


def test_answers_of_another_shape_are_not_alike():
    found = likeness("codes", [0.01] * 20, [0.01] * 20, has_same_shape=False)
    assert not found.is_alike
    assert found.medians == "10.0 and 10.0 ms, z +0.0"
