"""Where things lie in the repository."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REGISTRY = ROOT / "platform.toml"
BUILD = ROOT / "build"
CACHE = ROOT / ".cache"
STATE = ROOT / ".state"
NODE_MODULES = ROOT / "node_modules"
NODE = NODE_MODULES / ".bin" / "node"
WRANGLER = NODE_MODULES / ".bin" / "wrangler"
