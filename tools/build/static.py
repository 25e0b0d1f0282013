"""Static files under names that hold a digest of their content, so that browsers may keep them for ever."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from tools.build.errors import BuildError
from tools.build.project import files_under
from tools.registry import Worker

_HEADERS = """\
{prefix}/*
  Cache-Control: public, max-age=31536000, immutable
  X-Content-Type-Options: nosniff
  Strict-Transport-Security: max-age=31536000; includeSubDomains
  Cross-Origin-Resource-Policy: same-origin
  Content-Security-Policy: default-src 'none'; frame-ancestors 'none'
  X-Frame-Options: DENY
  Referrer-Policy: strict-origin-when-cross-origin
"""


@dataclass(frozen=True, slots=True)
class StaticFiles:
    """What a worker serves as static assets."""

    files: dict[str, Path]  # URL path -> source
    manifest: dict[str, str]  # name -> URL path
    headers: str  # the rules of assets/_headers


def url_prefix(worker: Worker) -> str:
    """Where the worker's static files stand: under its mount, or for a service under its id."""
    if worker.host is not None or worker.mount == "/":
        return "/assets"
    return f"{worker.mount or '/' + worker.id}/assets"


def static_files(
    folders: Iterable[Path], prefix: str, packaged: Mapping[str, Path] = MappingProxyType({})
) -> StaticFiles:
    """Name every file of the folders by its path there and the digest of its content.

    Args:
        packaged: files of npm packages, by the names that they are to have.
    Raises:
        BuildError: two files have the same name, or a package's is not installed.
    """
    files: dict[str, Path] = {}
    manifest: dict[str, str] = {}
    for name, path in [*_named(folders), *((PurePosixPath(name), path) for name, path in packaged.items())]:
        if str(name) in manifest:
            raise BuildError(f"Two static files are named {name}; rename {path}.")
        if not path.is_file():
            raise BuildError(f"{path} is missing; install the packages of package-lock.json.")
        digest = sha256(path.read_bytes()).hexdigest()[:8]
        url = f"{prefix}/{name.with_name(f'{name.stem}.{digest}{name.suffix}')}"
        files[url] = path
        manifest[str(name)] = url
    return StaticFiles(files, manifest, _HEADERS.format(prefix=prefix))


def _named(folders: Iterable[Path]) -> Iterator[tuple[PurePosixPath, Path]]:
    for folder in folders:
        for path in files_under(folder):
            yield PurePosixPath(path.relative_to(folder).as_posix()), path
