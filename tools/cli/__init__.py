"""The `ganger` command."""

import sys
from collections.abc import Sequence

from tools.cli.arguments import parser

__all__ = ["main", "parser"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one subcommand and return the exit status."""
    arguments = parser().parse_args(argv)
    try:
        status: int = arguments.run(arguments)
    except KeyboardInterrupt:
        return 130
    except _problems() as problem:
        print(f"ganger: {problem}", file=sys.stderr)
        return 1
    return status


def _problems() -> tuple[type[Exception], ...]:
    """The errors whose message is meant for the person who ran the command."""
    from tools.audit import AuditProblem
    from tools.backups import BackupProblem
    from tools.bench.measure import BenchProblem
    from tools.build import BuildError
    from tools.deploy import DeployProblem
    from tools.dev import DevProblem
    from tools.drills import DrillProblem
    from tools.inventory import LedgerProblem
    from tools.local import RunnerError
    from tools.new import NewProblem
    from tools.registry import RegistryError
    from tools.runtime import RuntimeProblem

    return (
        AuditProblem,
        BackupProblem,
        BenchProblem,
        BuildError,
        DeployProblem,
        DevProblem,
        DrillProblem,
        NewProblem,
        LedgerProblem,
        RegistryError,
        RunnerError,
        RuntimeProblem,
    )
