"""The embedded server: made whole or not at all, started once, found again after a crash."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from evenhand.config import database, embedded

START = "import sys; from pathlib import Path; from evenhand.config import database as d;"
START += "print(d.ensure_running(Path(sys.argv[1]), throwaway=True))"


@pytest.fixture
def var(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of the test's own; its server is stopped afterwards.

    Not pytest's: every run of pytest shuts the folder of all runs to other users again, and
    the server is one when the suite runs as root.
    """
    for variable in ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_READER_URL"):
        monkeypatch.delenv(variable, raising=False)
    with tempfile.TemporaryDirectory(prefix="evenhand-test-") as folder:
        yield Path(folder) / "var"
        database.stop(Path(folder) / "var")


@pytest.fixture
def bystander(var: Path) -> Iterator[int]:
    """Another process of the user that runs the server, which is stopped."""
    start(var)
    database.stop(var)
    owner = (var / "postgres").stat().st_uid if os.geteuid() == 0 else None
    process = subprocess.Popen(["sleep", "60"], user=owner)
    yield process.pid
    process.kill()
    process.wait()


def start(var: Path) -> bool:
    return database.ensure_running(var, throwaway=True)


def answers(var: Path) -> bool:
    with psycopg.connect(database.connection("app", var).url()) as server:
        return server.execute("SELECT 1").fetchone() == (1,)


def crash(var: Path) -> None:
    pid = embedded.running(var / "postgres")
    assert pid
    os.kill(pid, signal.SIGKILL)
    while embedded.running(var / "postgres"):
        time.sleep(0.01)


def test_a_call_says_whether_it_started_the_server(var: Path) -> None:
    assert [start(var), start(var)] == [True, False]


def test_several_processes_at_once_start_one_server(var: Path) -> None:
    command = [sys.executable, "-c", START, str(var)]
    racers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    said = sorted(racer.communicate()[0].strip() for racer in racers)
    assert said == ["False", "False", "True"]
    assert answers(var)


def test_after_a_crash_it_starts_again(var: Path) -> None:
    start(var)
    crash(var)
    assert start(var)
    assert answers(var)


def test_a_crashed_servers_number_that_is_now_another_process_does_no_harm(
    var: Path, bystander: int
) -> None:
    gone = f"{bystander}\n{var}\n0\n{embedded.PORT}\n/nowhere\n\n\nready\n"
    (var / "postgres" / "postmaster.pid").write_text(gone)
    assert start(var)
    assert answers(var)


def test_a_path_too_long_for_a_socket_gets_one_elsewhere(var: Path) -> None:
    deep = var / ("x" * 70) / ("y" * 40)
    start(deep)
    try:
        assert embedded.socket_folder(deep / "postgres").parent == Path("/tmp")
        assert answers(deep)
    finally:
        sockets = embedded.socket_folder(deep / "postgres")
        database.stop(deep)
    assert not sockets.exists()


def test_a_path_with_quotes_and_spaces_works(var: Path) -> None:
    odd = var / 'it\'s a $HOME "folder"'
    start(odd)
    try:
        assert answers(odd)
    finally:
        database.stop(odd)


def test_a_moved_folder_keeps_its_data(var: Path) -> None:
    start(var)
    database.stop(var)
    moved = var.rename(var.with_name("moved"))
    try:
        assert start(moved)
        assert answers(moved)
    finally:
        database.stop(moved)


def test_a_folder_moved_while_the_server_runs_is_still_its_folder(var: Path) -> None:
    start(var)
    moved = var.rename(var.with_name("moved"))
    try:
        assert not start(moved)
        assert answers(moved)
    finally:
        database.stop(moved)


def test_an_interrupted_making_is_begun_anew(var: Path) -> None:
    half_made = var / "postgres.new"
    half_made.mkdir(parents=True)
    (half_made / "PG_VERSION").write_text("18\n")
    assert start(var)
    assert answers(var)
    assert not half_made.exists()


def test_a_failure_while_making_roles_leaves_nothing(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "role_options", lambda: {"owner": "NONSENSE"})
    with pytest.raises(psycopg.Error):
        start(var)
    assert not embedded.exists(var / "postgres")
    assert embedded.running(var / "postgres.new") is None


def test_another_versions_files_are_not_touched(var: Path) -> None:
    (var / "postgres").mkdir(parents=True)
    (var / "postgres" / "PG_VERSION").write_text("16\n")
    with pytest.raises(database.DatabaseProblem, match="written by PostgreSQL 16, this is 18"):
        start(var)


def test_a_server_that_cannot_start_says_why(var: Path) -> None:
    start(var)
    database.stop(var)
    with (var / "postgres" / "postgresql.conf").open("a") as settings:
        settings.write("shared_buffers = nonsense\n")
    with pytest.raises(database.DatabaseProblem, match=r"does not start: .*nonsense|errors"):
        start(var)


def test_nobody_gets_in_without_a_password(var: Path) -> None:
    start(var)
    folder = embedded.socket_folder(var / "postgres")
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(f"host={folder} port={embedded.PORT} user=postgres dbname=evenhand")


def test_it_listens_on_no_network(var: Path) -> None:
    start(var)
    with psycopg.connect(database.connection("app", var).url()) as server:
        assert server.execute("SHOW listen_addresses").fetchone() == ("",)


def test_settings_of_other_servers_in_the_environment_do_not_reach_it(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPORT", "5999")
    monkeypatch.setenv("LC_ALL", "xx_XX.nonsense")
    start(var)
    assert answers(var)


def test_secrets_are_kept_and_read_by_their_owner_alone(var: Path) -> None:
    first = database.ensure_secrets(var)
    assert database.ensure_secrets(var) == first
    assert (var / "secrets.json").stat().st_mode & 0o777 == 0o600


def test_damaged_secrets_are_named(var: Path) -> None:
    database.ensure_secrets(var)
    (var / "secrets.json").write_text("{")
    with pytest.raises(database.DatabaseProblem, match=r"secrets\.json is damaged"):
        database.ensure_secrets(var)
