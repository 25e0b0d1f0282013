"""The one exception of this package."""


class RuntimeProblem(Exception):
    """The runtime cannot be built or used; the message is a sentence that says what to do."""
