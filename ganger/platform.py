"""What a running worker knows of the registry: itself and the other workers.

The values come from `ganger.catalogue`, which `ganger build` writes into every bundle.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WorkerInfo:
    """One worker of the platform, as platform.toml describes it."""

    id: str
    kind: str
    name: str
    title: str
    purpose: str
    in_service: bool
    busy: bool
    group: str | None
    mount: str | None
    host: str | None
    binding: str
    # Of staff apps: the launcher's heading, the lowest role that is shown it, and whose holders are too.
    category: str | None = None
    min_role: str = "staff"
    permission: str | None = None
