"""``make pictures``: the pictures in docs/pictures, taken anew from a demo of their own.

The demo is filled under a temporary folder, so that what stands in ``var`` is left alone.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

PROJECT = Path(__file__).resolve().parents[1]
PICTURES = PROJECT / "docs" / "pictures"
PORT = "8753"
SITE = f"http://127.0.0.1:{PORT}"
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
_PATIENCE_SECONDS = 240


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="evenhand-pictures-"))
    environment = os.environ | {"EVENHAND_VAR": str(folder / "var"), "PORT": PORT}
    demo = subprocess.Popen(
        [sys.executable, "-m", "evenhand", "demo"],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        take(_said(demo))
    finally:
        demo.send_signal(signal.SIGINT)
        demo.wait(60)
        shutil.rmtree(folder, ignore_errors=True)


def _said(demo: "subprocess.Popen[str]") -> str:
    """What the demo printed until its pages answer."""
    assert demo.stdout is not None
    said, end = "", time.monotonic() + _PATIENCE_SECONDS
    while "Ctrl-C" not in said:
        line = demo.stdout.readline()
        if not line or time.monotonic() > end:
            sys.exit("pictures: the demo did not start; try `make demo`")
        said += line
    urllib.request.urlopen(SITE).close()
    return said


def take(said: str) -> None:
    """Each page once in English, wide; the ones a citizen needs in Chinese and narrow too."""
    reference, words = re.findall(r"(NZ-\S+)\s+(.+?)\s{2,}\(", said)[0]
    sign_ins = dict(re.findall(r"(\S+@\S+)\s{2,}(\S+)", said))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=_ARGUMENTS
        )
        for language, width, suffix in (("en", 1200, ""), ("zh-hans", 360, "_zh_narrow")):
            context = browser.new_context(viewport={"width": width, "height": 800})
            context.add_cookies([{"name": "django_language", "value": language, "url": SITE}])
            page = context.new_page()
            _public(page, suffix, reference, words)
            _desk(page, suffix, sign_ins)
            context.close()
        browser.close()


def _public(page: Page, suffix: str, reference: str, words: str) -> None:
    for name, path in (("home", "/"), ("handled", "/how-matters-are-handled/")):
        page.goto(SITE + path)
        _save(page, name + suffix)
    page.goto(SITE + "/follow/")
    page.locator("[name=reference]").fill(reference)
    page.locator("[name=receipt]").fill(words)
    page.locator("#main-form .govuk-button").click()
    page.wait_for_url("**/follow/matter/")
    _save(page, "follow" + suffix)


def _desk(page: Page, suffix: str, sign_ins: dict[str, str]) -> None:
    page.goto(SITE + "/desk/")
    address = next(a for a in sign_ins if a.startswith("handler"))
    page.locator("[name=login]").fill(address)
    page.locator("[name=password]").fill(sign_ins[address])
    page.locator("main form .govuk-button").first.click()
    page.wait_for_url("**/desk/")
    _save(page, "desk" + suffix)
    page.locator("main table a").first.click()
    page.wait_for_load_state()
    _save(page, "case" + suffix)


def _save(page: Page, name: str) -> None:
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
    print(f"docs/pictures/{name}.png")


if __name__ == "__main__":
    main()
