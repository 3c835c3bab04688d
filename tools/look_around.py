"""Starts the demo from scratch, looks at every page that a visitor can reach, and stops it.

Follows the links from the first page, in both languages, then signs in as everybody whom the
demo offers. A page that is not 200, a language that does not switch, or a process that stays
behind is a failure.
"""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, Request, build_opener

PROJECT = Path(__file__).resolve().parent.parent
SIGN_IN = "/account/sign-in/"
LANGUAGES = ("en", "zh-hans")
#: Enough for every kind of page; a list of a hundred matters need not be read to its end.
MOST_PAGES = 40
START_SECONDS = 300


class Failure(Exception):
    """What a visitor would complain of."""


class Page(HTMLParser):
    """The links of a page, its language, and its hidden fields."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.language = ""
        self.hidden: dict[str, str] = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        elif tag == "html":
            self.language = found.get("lang", "").lower()
        elif tag == "input" and found.get("type") == "hidden":
            self.hidden.setdefault(found.get("name", ""), found.get("value", ""))


class Visitor:
    """A browser's worth of HTTP: cookies, redirects, forms."""

    def __init__(self, site: str) -> None:
        self.site = site
        #: Where the last answer came from, after redirects.
        self.at = ""
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> Page:
        return self._open(Request(urljoin(self.site, path)))

    def post(self, path: str, fields: dict[str, str], page: Page) -> Page:
        """Send ``fields`` as the form on ``page`` would."""
        body = urlencode(page.hidden | fields).encode()
        url = urljoin(self.site, path)
        return self._open(Request(url, data=body, headers={"Referer": url}))

    def _open(self, request: Request) -> Page:
        try:
            with self._opener.open(request, timeout=30) as answer:
                self.at = urlsplit(answer.geturl()).path
                is_page = answer.headers.get_content_type() == "text/html"
                return Page(answer.read().decode() if is_page else "")
        except HTTPError as error:
            raise Failure(f"{request.get_method()} {request.full_url}: {error.code}") from None


def main() -> None:
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="evenhand-look-") as folder:
        Path(folder).chmod(0o755)
        var, log = Path(folder) / "var", Path(folder) / "log"
        try:
            with demo(var, log) as site:
                print(f"up after {time.monotonic() - began:.0f} s")
                look(site, offered(log.read_text()))
            leave_nothing(var)
        except Failure as failure:
            sys.exit(f"{last_words(log)}look around: {failure}")


def last_words(log: Path) -> str:
    """The end of what the demo wrote: a traceback, when a page failed."""
    return "".join(log.read_text().splitlines(keepends=True)[-40:]) if log.exists() else ""


def offered(said: str) -> list[tuple[str, str]]:
    """The addresses and passwords that the demo printed."""
    return re.findall(r"^  (\S+@\S+) +(\S+)", said, re.MULTILINE)


def look(site: str, sign_ins: list[tuple[str, str]]) -> None:
    """Every page of the public site in both languages, and everybody's desk."""
    for language in LANGUAGES:
        visitor = Visitor(site)
        first = visitor.get("/")
        visitor.post("/i18n/setlang/", {"language": language, "next": "/"}, first)
        print(f"{language}: {follow(visitor, ['/', SIGN_IN], language)} pages")
    for email, password in sign_ins:
        visitor = Visitor(site)
        form = visitor.get(SIGN_IN)
        visitor.post(SIGN_IN, {"login": email, "password": password}, form)
        visitor.get("/desk/")
        if visitor.at != "/desk/":
            raise Failure(f"{email} signed in and is at {visitor.at}, not at the desk")
        print(f"{email}: {follow(visitor, ['/desk/'])} pages")


def follow(visitor: Visitor, waiting: list[str], language: str = "") -> int:
    """Open every page within reach, all in ``language`` if given; how many there are."""
    seen = set(waiting)
    opened = 0
    while waiting and opened < MOST_PAGES:
        path = waiting.pop(0)
        page = visitor.get(path)
        opened += 1
        if language and page.language not in ("", language):
            raise Failure(f"{path} is in {page.language}, not in {language}")
        for link in page.links:
            url = urlsplit(urljoin(urljoin(visitor.site, path), link))
            here = f"{url.scheme}://{url.netloc}/" == visitor.site
            if here and url.path not in seen and not url.path.startswith("/static/"):
                seen.add(url.path)
                waiting.append(url.path)
    return opened


@contextlib.contextmanager
def demo(var: Path, log: Path) -> Iterator[str]:
    """``make demo`` over an empty folder; its address. Ctrl-C at the end."""
    port = free_port()
    environment = os.environ | {"EVENHAND_VAR": str(var), "PORT": str(port)}
    with log.open("w") as output:
        process = subprocess.Popen(
            ["make", "demo"],
            cwd=PROJECT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        wait_until_up(process, log)
        yield f"http://127.0.0.1:{port}/"
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGINT)
        process.wait(60)


def wait_until_up(process: subprocess.Popen[bytes], log: Path) -> None:
    give_up = time.monotonic() + START_SECONDS
    while "Ctrl-C stops it" not in log.read_text():
        if process.poll() is not None or time.monotonic() > give_up:
            raise Failure("the demo did not start; what it said stands above")
        time.sleep(0.2)


def leave_nothing(var: Path) -> None:
    """Raise :class:`Failure` when a process that was started for ``var`` is still there."""
    mark = f"EVENHAND_VAR={var}\0".encode()
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if mark in (folder / "environ").read_bytes():
                raise Failure(f"process {folder.name} is left over")
    print("stopped; nothing is left")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
