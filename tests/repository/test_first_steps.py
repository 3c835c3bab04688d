"""What goes wrong at the first steps is said in one line, with what to do, by the real commands."""

import os
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from evenhand.config import database

EVENHAND = [sys.executable, "-m", "evenhand"]
_URLS = ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_READER_URL", "DATABASE_SEQUENCER_URL")


def evenhand(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the command without the suite's own addresses, with ``more`` in the environment."""
    environment = {k: v for k, v in os.environ.items() if k not in (*_URLS, "EVENHAND_MODE")}
    return subprocess.run(
        [*EVENHAND, *arguments],
        env=environment | more,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def assert_one_line(done: subprocess.CompletedProcess[str], *parts: str) -> None:
    """It failed, with one line on stderr that has each of ``parts``."""
    assert done.returncode == 1
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("evenhand: ")
    for part in parts:
        assert part in lines[0]


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_taken_port(taken: int, command: str) -> None:
    done = evenhand(command, PORT=str(taken), EVENHAND_MODE="demo")
    assert_one_line(done, f"port {taken} is taken", f"PORT={taken + 1}")


@pytest.mark.parametrize("port", ["abc", "0", "70000", "-1"])
def test_a_port_that_is_none(port: str) -> None:
    assert_one_line(evenhand("demo", PORT=port), f"PORT={port} is not a port", "1 to 65535")


def test_an_address_that_is_not_ours() -> None:
    done = evenhand("demo", "--host", "192.0.2.1", PORT="8000")
    assert_one_line(done, "cannot listen on 192.0.2.1")


def test_a_folder_that_cannot_be_written() -> None:
    done = evenhand("demo", EVENHAND_VAR="/proc/evenhand")
    assert_one_line(done, "/proc/evenhand cannot be written", "set EVENHAND_VAR")


def test_a_profile_that_is_not_there() -> None:
    done = evenhand("flows", "list", EVENHAND_PROFILE="atlantis")
    assert_one_line(done, "there is no profile 'atlantis'", "cn-county")


def test_a_profile_with_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "profile.toml").write_text("[names]\nen = 'Nowhere'\nsurprise = 'x'\n")
    (tmp_path / "figures.toml").write_text("['petitions.handling']\nvalue = '60 cd'\n")
    done = evenhand("migrate", EVENHAND_PROFILE=str(tmp_path))
    assert_one_line(done, "figures.toml", "'petitions.handling' needs value, basis and source")


@pytest.mark.parametrize("command", ["serve", "demo", "migrate"])
def test_an_address_that_is_none(command: str) -> None:
    done = evenhand(command, DATABASE_URL="nonsense", DATABASE_OWNER_URL="nonsense", PORT="8799")
    assert_one_line(
        done, "is not a PostgreSQL address", "postgresql://USER:PASSWORD@HOST:PORT/NAME"
    )


def test_a_server_that_does_not_answer() -> None:
    done = evenhand("worker", DATABASE_URL="postgresql://app:hidden@127.0.0.1:9/evenhand")
    assert_one_line(done, "127.0.0.1 does not answer", "check DATABASE_URL")
    assert "hidden" not in done.stderr


def test_an_owner_that_does_not_answer() -> None:
    url = "postgresql://owner@127.0.0.1:9/evenhand"
    done = evenhand("migrate", DATABASE_URL=url, DATABASE_OWNER_URL=url)
    assert_one_line(done, "127.0.0.1 does not answer", "check DATABASE_OWNER_URL")


def test_a_demo_with_an_owner_that_does_not_answer() -> None:
    app = database.connection("app", settings.VAR).url()
    owner = "postgresql://owner@127.0.0.1:9/evenhand"
    done = evenhand("demo", DATABASE_URL=app, DATABASE_OWNER_URL=owner, PORT="8799")
    assert_one_line(done, "127.0.0.1 does not answer", "check DATABASE_OWNER_URL")


def test_a_demo_with_an_owner_who_is_not() -> None:
    app = database.connection("app", settings.VAR).url()
    done = evenhand("demo", DATABASE_URL=app, DATABASE_OWNER_URL=app, PORT="8799")
    assert_one_line(done, "DATABASE_OWNER_URL connects as evenhand_app, who does not own")


def test_a_server_of_your_own_without_its_owner() -> None:
    done = evenhand("migrate", DATABASE_URL="postgresql://app@127.0.0.1:9/evenhand")
    assert_one_line(done, "DATABASE_OWNER_URL is not set", "docs/how-to/external-database.md")


def test_a_server_that_is_too_old(old_server: int) -> None:
    url = f"postgresql://app@127.0.0.1:{old_server}/evenhand"
    assert_one_line(
        evenhand("worker", DATABASE_URL=url), "PostgreSQL 14", "is too old", "15 or newer"
    )


def test_production_without_a_name_for_the_site(var: str) -> None:
    done = evenhand("serve", EVENHAND_VAR=var, PORT="8799")
    assert_one_line(done, "EVENHAND_HOSTS does not name the site", "comma-separated")


def test_production_with_a_database_of_no_version(var: str) -> None:
    done = evenhand("worker", EVENHAND_VAR=var, EVENHAND_HOSTS="evenhand.example")
    assert_one_line(done, "the database is not at this version", "evenhand migrate")


def test_help_needs_no_database() -> None:
    for arguments in ((), ("help",), ("serve", "--help"), ("demo", "--help")):
        done = evenhand(*arguments, EVENHAND_VAR="/proc/evenhand")
        assert done.returncode == 0, done.stderr
        assert "usage" in done.stdout


@pytest.fixture(scope="module")
def var() -> Iterator[str]:
    """An embedded server with an empty database."""
    with tempfile.TemporaryDirectory(prefix="evenhand-test-") as folder:
        assert evenhand("database", "start", EVENHAND_VAR=f"{folder}/var").returncode == 0
        yield f"{folder}/var"
        stopped = evenhand("database", "stop", EVENHAND_VAR=f"{folder}/var")
        assert stopped.stdout.strip().endswith("stopped")


@pytest.fixture
def old_server() -> Iterator[int]:
    """Speaks just enough of PostgreSQL's protocol to say that it is version 14."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        threading.Thread(target=_be_old, args=(listener,), daemon=True).start()
        yield listener.getsockname()[1]


def _be_old(listener: socket.socket) -> None:
    client, _ = listener.accept()
    with client:
        while (request := client.recv(4096))[4:8] in (b"\x04\xd2\x16\x2f", b"\x04\xd2\x16\x30"):
            client.sendall(b"N")  # no encryption here
        assert request
        client.sendall(_message(b"R", b"\0\0\0\0"))
        client.sendall(_message(b"S", b"server_version\x0014.19\0"))
        client.sendall(_message(b"S", b"client_encoding\0UTF8\0"))
        client.sendall(_message(b"Z", b"I"))
        client.recv(4096)


def _message(kind: bytes, body: bytes) -> bytes:
    return kind + (len(body) + 4).to_bytes(4, "big") + body
