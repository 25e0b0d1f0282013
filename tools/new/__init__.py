"""A first page for an app that has none: what every app has, ready to be filled."""

from tools.new.new import NewProblem, new_app

__all__ = ["NewProblem", "new_app"]
