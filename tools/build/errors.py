"""The one error of the build."""


class BuildError(Exception):
    """A worker cannot be built; the message says where and what to change."""
