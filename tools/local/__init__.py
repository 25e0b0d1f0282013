"""The platform on this machine: built workers in one workerd with real D1, for `ganger dev` and tests."""

from tools.local.platform import LocalPlatform, LogLine, RunnerError, Settings

__all__ = ["LocalPlatform", "LogLine", "RunnerError", "Settings"]
