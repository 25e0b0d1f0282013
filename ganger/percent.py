"""Parts of a whole, as reports tell them."""


def percent(part: int, whole: int) -> float | None:
    """A part of a whole in percent with one decimal, half up; None of nothing."""
    return (2000 * part + whole) // (2 * whole) / 10 if whole else None
