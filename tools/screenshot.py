"""Takes a picture of one page: `screenshot.py URL OUT.png --width 360 --lang zh-hans`."""

import argparse
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def main(arguments: list[str] | None = None) -> int:
    """Parse the command line, take the picture; 0 when it was written, 1 when it could not be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("out", type=Path)
    parser.add_argument("--width", type=int, default=1200, help="of the window, in pixels")
    parser.add_argument("--lang", default="en", choices=["en", "zh-hans"])
    parser.add_argument("--no-scripts", action="store_true", help="as a browser without scripts")
    parser.add_argument("--print", action="store_true", help="as it comes out of a printer")
    chosen = parser.parse_args(arguments)
    chromium = shutil.which("chromium")
    if chromium is None:
        print("No chromium on PATH: apt-get install chromium fonts-noto-cjk", file=sys.stderr)
        return 1
    try:
        _take(chosen, chromium)
    except Error as error:
        print(f"{chosen.url}: {error.message.splitlines()[0]}", file=sys.stderr)
        return 1
    return 0


def _take(chosen: argparse.Namespace, chromium: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=CHROMIUM_ARGUMENTS, chromium_sandbox=False
        )
        page = browser.new_page(
            viewport={"width": chosen.width, "height": 900},
            extra_http_headers={"Accept-Language": chosen.lang},
            java_script_enabled=not chosen.no_scripts,
        )
        page.goto(chosen.url, wait_until="load")
        if chosen.print:
            page.emulate_media(media="print")
        page.screenshot(path=chosen.out, full_page=True)
        browser.close()


if __name__ == "__main__":
    sys.exit(main())
