"""The shared files with one app more. Pure: text in, text out; what else they say stays to the letter."""

import json
import re
from collections.abc import Sequence

_PERMISSIONS = re.compile(r'(?:^"\S+:\S+" = \{.*\}\n)+', re.MULTILINE)


def in_service(registry: str, worker_id: str) -> str:
    """platform.toml with the app in service."""
    start = registry.index(f"[workers.{worker_id}]")
    return registry[:start] + registry[start:].replace("in_service = false", "in_service = true", 1)


def with_routes(table: str, worker_id: str, roles: Sequence[str]) -> str:
    """permissions.toml with the app's permission to view, in its place by name, and its first routes."""
    name = f"{worker_id}:view"
    line = f'"{name}" = {{ roles = {json.dumps(list(roles))} }}\n'
    listed = _PERMISSIONS.search(table)
    if listed is None:
        raise ValueError("permissions.toml lists no permissions.")
    lines = sorted([*listed[0].splitlines(keepends=True), line])
    table = table.replace(listed[0], "".join(lines), 1)
    routes = f'[routes.{worker_id}]\n"GET /" = "{name}"\n"GET /health" = "platform:public"\n\n'
    return table.replace("[routes.auth]\n", f"{routes}[routes.auth]\n", 1)


def with_worker_row(page: str, worker_id: str) -> str:
    """docs/security.md whose table of bindings has the app, before identity."""
    row = f"| {worker_id} | – | `IDENTITY_KEYS` |\n"
    return page.replace("| auth | `DB`", f"{row}| auth | `DB`", 1)
