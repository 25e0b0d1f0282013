"""`ganger screenshots`: the pictures of the documents, taken of the platform with its demo data.

The same sources give the same pictures, whatever the day: dates are moved by whole days so that the pictures'
today is always the same, and what differs from run to run is replaced.
"""

import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from ganger.clock import clinic_date
from tools.build import build
from tools.chromium import ARGUMENTS, PROGRAM
from tools.local import LocalPlatform, Settings
from tools.local.demo import in_seed_order, seed
from tools.local.keys import development_vars
from tools.paths import ROOT
from tools.runtime import ensure_runtime

Say = Callable[[str], None]

FOLDER = ROOT / "docs" / "images"
MAX_BYTES = 150 * 1024
MAX_BYTES_IN_ALL = 1536 * 1024

_DESKTOP = {"width": 1280, "height": 800}
_PHONE = {"width": 390, "height": 844}
_TODAY = date(2026, 11, 23)
_WORKERS = ("router", "management", "inventory", "handouts", "hubs", "heavy", "auth")
_STEADY = """([days, year]) => {
  const moved = (text) => new Date(Date.parse(`${text} UTC`) + days * 864e5);
  const written = { timeZone: "UTC", month: "short", day: "numeric", year: "numeric" };
  const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (nodes.nextNode()) {
    const node = nodes.currentNode;
    node.data = node.data
      .replace(/\\d{4}-\\d\\d-\\d\\d/g, (day) => moved(day).toISOString().slice(0, 10))
      .replace(/[A-Z][a-z]{2} \\d{1,2}, \\d{4}/g, (day) => moved(day).toLocaleDateString("en-US", written))
      .replace(/\\b\\d\\d-(\\d{6})\\b/g, `${year}-$1`)
      .replace(/Good (morning|afternoon|evening)/, "Good morning")
      .replace(/Request [0-9a-f]{32}/, `Request ${"0".repeat(32)}`);
  }
}"""


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: the page, who sees it, and what they press and type there."""

    name: str
    path: str
    person: str = "usr_mia"
    is_phone: bool = False
    is_dark: bool = False
    keys: tuple[str, ...] = ()

    @property
    def file(self) -> Path:
        """Where it is kept."""
        return FOLDER / f"{self.name}.png"


PICTURES = (
    Picture("portal", "/"),
    Picture("portal-phone-dark", "/", "usr_tia", is_phone=True, is_dark=True),
    Picture("command-menu", "/inventory/items", keys=("Control+k",)),
    Picture("requests-queue", "/queue"),
    Picture("request-form-phone", "/requests/new/support_ticket", "usr_tia", is_phone=True),
    Picture("inventory-items", "/inventory/items", "usr_pat"),
    Picture("inventory-items-phone", "/inventory/items", "usr_pat", is_phone=True),
    Picture("inventory-item-dark", "/inventory/items/itm_bnd-adh", is_dark=True),
    Picture("inventory-scan-phone", "/inventory/scan?code=099999000016", "usr_pat", is_phone=True),
    Picture("inventory-count-phone", "/inventory/counts/cnt_open", "usr_pat", is_phone=True),
    Picture("inventory-alerts", "/inventory/alerts", "usr_pat"),
    Picture("inventory-reports", "/inventory/reports?days=90"),
    Picture("handouts-fill", "/handouts/generate/pkt_11", "usr_pat"),
    Picture("handouts-packet", "/handouts/packets/pkt_01", "usr_pat"),
    Picture("handouts-slip-phone", "/handouts/patient-codes/pco_01", "usr_pat", is_phone=True),
)


def screenshots(say: Say) -> int:
    """Take all pictures anew and return the exit status: 1 when they are too large to be kept."""
    with _platform() as url, _browser() as browser:
        for picture in PICTURES:
            picture.file.write_bytes(_small(_taken(browser, url, picture)))
            say(f"{picture.file.relative_to(ROOT)}: {picture.file.stat().st_size / 1024:.0f} KB")
    problems = size_problems()
    for problem in problems:
        say(problem)
    return 1 if problems else 0


def size_problems() -> list[str]:
    """Which of the pictures that are kept are too large, or in none of the table's lines."""
    sizes = {path: path.stat().st_size for path in sorted(FOLDER.glob("*.png"))}
    large = [f"{path.name} is larger than {MAX_BYTES} bytes." for path in sizes if sizes[path] > MAX_BYTES]
    known = {picture.file for picture in PICTURES}
    foreign = [f"{path.name} is no picture of tools/screenshots.py." for path in sizes if path not in known]
    missing = [f"{path.name} is missing; run `ganger screenshots`." for path in known - sizes.keys()]
    together = sum(sizes.values())
    too_much = [f"Together they have {together} bytes."] if together > MAX_BYTES_IN_ALL else []
    return [*large, *foreign, *sorted(missing), *too_much]


@contextmanager
def _platform() -> Iterator[str]:
    def quiet(_: str) -> None:
        """The pictures are what there is to tell of."""

    runtime = ensure_runtime(quiet)
    workers = build(_WORKERS, "development", quiet, development_vars())
    with LocalPlatform(runtime, workers, Settings(), lambda _: None) as local:
        url = local.start().replace("127.0.0.1", "localhost")
        local.migrate()
        for worker in in_seed_order(workers):
            seed(local, worker, datetime.now(UTC))
        yield url


@contextmanager
def _browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=PROGRAM, args=list(ARGUMENTS))
        yield browser
        browser.close()


def _taken(browser: Any, url: str, picture: Picture) -> bytes:
    """The picture as PNG, as the browser makes it."""
    context = browser.new_context(
        base_url=url,
        viewport=_PHONE if picture.is_phone else _DESKTOP,
        color_scheme="dark" if picture.is_dark else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto("/auth/sign-in")
    page.locator(f"form:has(input[value={picture.person}]) button").click()
    page.wait_for_url(re.compile(r"/$"))
    page.goto(picture.path, wait_until="load")
    for key in picture.keys:
        page.keyboard.press(key)
        page.wait_for_load_state("networkidle")
    days = (_TODAY - clinic_date(datetime.now(UTC))).days
    page.evaluate(_STEADY, [days, f"{_TODAY:%y}"])
    taken: bytes = page.screenshot(animations="disabled", caret="hide")
    context.close()
    return taken


def _small(png: bytes) -> bytes:
    """The same picture with at most 256 colours, which a page of ours hardly exceeds."""
    from PIL import Image

    small = io.BytesIO()
    Image.open(io.BytesIO(png)).convert("RGB").quantize(256, dither=Image.Dither.NONE).save(
        small, "PNG", optimize=True
    )
    return small.getvalue()
