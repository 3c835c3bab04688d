"""The profile: an institution's names, figures and citations. Files, no logic.

A profile is a folder of TOML files. :func:`load` reads it once and refuses, with file and
key, whatever it does not know or misses; nothing else in the house reads these files.
"""

import hashlib
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

SOURCES = ("law", "local")
SEAL_SHAPES = ("circle", "oval", "none")


class ProfileProblem(Exception):
    """One line naming the profile's file, the key, and what to do."""


@dataclass(frozen=True)
class Figure:
    """A length of time or another quantity, with the rule it comes from.

    ``value`` is the profile's own notation (``"60 cd"``); ``source`` is ``law`` or ``local``
    (a local setting is never presented as law); ``digest`` names the text it was read from.
    """

    key: str
    value: str
    citation: str
    source: str
    digest: str
    rolls: bool = False


@dataclass(frozen=True)
class InstrumentName:
    """A short key such as ``X22`` and the instrument's names."""

    key: str
    title: str
    name_en: str
    name_zh: str


@dataclass(frozen=True)
class Seal:
    """How a unit's seal looks on its documents; ``none``: they carry no seal.

    ``colour`` is written ``#rrggbb``.
    """

    shape: str = "circle"
    colour: str = "#b3261e"


@dataclass(frozen=True)
class Profile:
    """All that a profile says. Names are by language code (``en``, ``zh-hans``)."""

    key: str
    names: Mapping[str, str]
    timezone: str
    calendar: str
    default_language: str
    reference_prefix: str
    complaints: Mapping[str, str]
    reports: Mapping[str, Sequence[str]]
    numbering: Mapping[str, Any]
    flows: Mapping[str, str]
    figures: Mapping[str, Figure]
    bases: Mapping[str, str]
    instruments: tuple[InstrumentName, ...]
    folder: Path = field(compare=False)
    seal: Seal = Seal()

    def figure(self, key: str) -> Figure:
        """The figure under ``key``; raises :class:`ProfileProblem` naming file and key."""
        try:
            return self.figures[key]
        except KeyError:
            raise ProfileProblem(
                f"{self.folder / 'figures.toml'}: no figure {key!r}; add it with value and basis"
            ) from None

    def basis(self, key: str) -> str:
        """The citation on which step ``key`` rests, such as ``X22 art. 22``."""
        try:
            return self.bases[key]
        except KeyError:
            raise ProfileProblem(
                f"{self.folder / 'bases.toml'}: no basis {key!r}; add the article that it rests on"
            ) from None


def load(folder: Path) -> Profile:
    """Read the profile in ``folder``. Raises :class:`ProfileProblem`."""
    if not (folder / "profile.toml").is_file():
        known = sorted(p.parent.name for p in folder.parent.glob("*/profile.toml"))
        raise ProfileProblem(
            f"there is no profile {folder.name!r} in {folder.parent}; "
            f"set EVENHAND_PROFILE to one of: {', '.join(known) or 'none found'}, or to a folder"
        )
    main = _read(folder / "profile.toml")
    seal = _seal(folder / "profile.toml", main.pop("seal", {}))
    return Profile(
        key=folder.name,
        folder=folder,
        seal=seal,
        figures=_figures(folder / "figures.toml"),
        bases=_bases(folder / "bases.toml"),
        instruments=_instruments(folder / "instruments.toml"),
        **_main(folder / "profile.toml", main),
    )


@cache
def cached(folder: Path) -> Profile:
    """As :func:`load`, once per process: a profile changes by a restart."""
    return load(folder)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise ProfileProblem(f"{path} is missing; a profile needs it") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProfileProblem(f"{path}: not readable as TOML: {error}") from None


_MAIN: dict[str, type] = {
    "names": dict,
    "timezone": str,
    "calendar": str,
    "default_language": str,
    "reference_prefix": str,
    "complaints": dict,
    "reports": dict,
    "numbering": dict,
    "flows": dict,
}


def _main(path: Path, found: dict[str, Any]) -> dict[str, Any]:
    _refuse_unknown(path, found, set(_MAIN))
    for key, kind in _MAIN.items():
        if not isinstance(found.get(key), kind):
            raise ProfileProblem(f"{path}: {key!r} is missing or not a {kind.__name__}")
    return found


def _seal(path: Path, row: Any) -> Seal:
    _refuse_unknown(path, row, {"shape", "colour"}, inside="seal")
    seal = Seal(**row)
    if seal.shape not in SEAL_SHAPES:
        raise ProfileProblem(f"{path}: the seal's shape is one of: {', '.join(SEAL_SHAPES)}")
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", str(seal.colour)):
        raise ProfileProblem(f"{path}: the seal's colour is written like '#b3261e'")
    return seal


def _figures(path: Path) -> dict[str, Figure]:
    figures: dict[str, Figure] = {}
    for key, row in _read(path).items():
        _refuse_unknown(path, row, {"value", "basis", "source", "rolls"}, inside=key)
        missing = {"value", "basis", "source"} - set(row)
        if missing or row["source"] not in SOURCES:
            raise ProfileProblem(
                f"{path}: {key!r} needs value, basis and source ({' or '.join(SOURCES)})"
            )
        digest = hashlib.sha256(repr(sorted(row.items())).encode()).hexdigest()
        figures[key] = Figure(
            key=key,
            value=str(row["value"]),
            citation=row["basis"],
            source=row["source"],
            digest=digest,
            rolls=bool(row.get("rolls", False)),
        )
    return figures


def _bases(path: Path) -> dict[str, str]:
    bases = _read(path)
    for key, citation in bases.items():
        if not isinstance(citation, str) or not citation:
            raise ProfileProblem(f"{path}: {key!r} is not a citation such as 'X22 art. 22'")
    return bases


def _instruments(path: Path) -> tuple[InstrumentName, ...]:
    rows = []
    for key, row in _read(path).items():
        _refuse_unknown(path, row, {"title", "name_en", "name_zh"}, inside=key)
        try:
            rows.append(InstrumentName(key=key, **row))
        except TypeError:
            raise ProfileProblem(f"{path}: {key!r} needs title, name_en and name_zh") from None
    return tuple(rows)


def _refuse_unknown(path: Path, found: Any, known: set[str], inside: str = "") -> None:
    where = f" in {inside!r}" if inside else ""
    if not isinstance(found, dict):
        raise ProfileProblem(f"{path}: {inside!r} is not a table")
    if unknown := set(found) - known:
        raise ProfileProblem(
            f"{path}: unknown key {sorted(unknown)[0]!r}{where}; known: {', '.join(sorted(known))}"
        )
