"""Delivery to Cloudflare: what changed, in which order it goes out, whether it is well, and the way back."""

from tools.deploy.deploy import changed, deploy
from tools.deploy.health import platform_health
from tools.deploy.order import stages
from tools.deploy.problems import DeployProblem
from tools.deploy.provision import provision
from tools.deploy.rollback import roll_back
from tools.deploy.secrets import read_secrets
from tools.deploy.source import present_commit

__all__ = [
    "DeployProblem",
    "changed",
    "deploy",
    "platform_health",
    "present_commit",
    "provision",
    "read_secrets",
    "roll_back",
    "stages",
]
