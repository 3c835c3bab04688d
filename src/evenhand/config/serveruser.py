"""The user that runs the embedded server when root, whom PostgreSQL refuses, asks for it."""

import os
import pwd
import shutil
import stat
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from evenhand.config.problem import DatabaseProblem

SYSTEM_USER = "evenhand"


def system_user() -> pwd.struct_passwd:
    """The user, made when missing. Raises :class:`DatabaseProblem`."""
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        pass
    search = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
    tool = shutil.which("useradd", path=search) or "useradd"
    shell = "/usr/sbin/nologin"
    command: Sequence[str] = (tool, "--system", "--no-create-home", "--shell", shell, SYSTEM_USER)
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        raise DatabaseProblem(
            f"PostgreSQL does not run as root, and the user {SYSTEM_USER!r} cannot be made; "
            "run as an ordinary user"
        ) from None
    _say(f"made the system user {SYSTEM_USER!r}, because PostgreSQL does not run as root")
    return pwd.getpwnam(SYSTEM_USER)


def open_the_way(data: Path, binaries: Path) -> None:
    """Let the server's user pass (not read) the folders above its files, and use its programs."""
    programs = binaries.resolve().parent
    libraries = programs.parent.with_name(f"{programs.parent.name}.libs")
    shut = [
        folder
        for folder in dict.fromkeys((*data.resolve().parents, *programs.parents))
        if not folder.stat().st_mode & stat.S_IXOTH
    ]
    for folder in shut:
        folder.chmod(folder.stat().st_mode | stat.S_IXOTH)
    if shut:
        names = ", ".join(map(str, shut))
        _say(f"for the database's user, everybody may now pass through (not read) {names}")
    for tree in (programs, libraries):
        for path in (tree, *tree.rglob("*")):
            mode = path.stat().st_mode
            wanted = mode | (mode & (stat.S_IRUSR | stat.S_IXUSR)) >> 6
            if mode != wanted:
                path.chmod(wanted)


def _say(line: str) -> None:
    sys.stderr.write(f"evenhand: {line}\n")
