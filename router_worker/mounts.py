"""Which app a path belongs to."""

from collections.abc import Sequence

from ganger.platform import WorkerInfo


def by_mount_length(apps: Sequence[WorkerInfo]) -> tuple[WorkerInfo, ...]:
    """The apps with the longest mounts first, as `app_for` wants them."""
    return tuple(sorted(apps, key=lambda app: len(app.mount or ""), reverse=True))


def app_for(apps: Sequence[WorkerInfo], path: str) -> WorkerInfo:
    """Return the app whose mount is the longest prefix of the path on whole segments.

    Letter case does not count. The app at `/` gets whatever no other app owns.

    Args:
        apps: by falling length of mount, the last one mounted at `/`.
        path: of a URL that the runtime has normalised, still percent-encoded: an encoded slash is
            part of its segment, and so never ends a mount.
    """
    lowered = path.lower() + "/"
    for app in apps:
        if lowered.startswith(f"{app.mount}/"):
            return app
    return apps[-1]
