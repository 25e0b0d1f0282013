"""Create what an environment needs and does not have yet."""

from tools.build.jsonc import read_jsonc
from tools.deploy.cloudflare import cloudflare
from tools.deploy.releases import Say, releases
from tools.deploy.resources import Resource, needed
from tools.deploy.wrangler import create


def provision(environment: str, say: Say) -> list[Resource]:
    """Create the databases, buckets and queues that the workers of an environment name; returns the new ones.

    Raises:
        DeployProblem: one could not be created; those before it were.
    """
    folders = [release.folder for release in releases((), environment, say)]
    wanted = needed(read_jsonc(folder / "wrangler.jsonc") for folder in folders)
    with cloudflare() as account:
        missing = [resource for resource in wanted if not account.has(resource)]
    for resource in missing:
        create(resource)
        say(f"{resource.name}: created.")
    return missing
