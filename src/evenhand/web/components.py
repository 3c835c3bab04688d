"""What the components of a page are given; the templates read these names."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise


class TimelineState(StrEnum):
    """Where an entry of a timeline stands; it chooses the ring."""

    DONE = "done"
    """It happened."""
    CURRENT = "current"
    """It is happening."""
    FUTURE = "future"
    """It is still to come."""


@dataclass(frozen=True, kw_only=True)
class TimelineEntry:
    """One ring of `components/timeline.html`: **title** text, `when` above, `note` below."""

    state: TimelineState
    title: str | Promise
    when: str | Promise = ""
    text: str | Promise = ""
    note: str | Promise = ""
    url: str = ""
    link: str | Promise = ""


@dataclass(frozen=True, kw_only=True)
class FlowStep:
    """One box of `components/flow.html`; `otherwise` are the ways that leave the main line."""

    title: str | Promise
    who: str | Promise = ""
    text: str | Promise = ""
    term: str | Promise = ""
    otherwise: Sequence[str | Promise] = ()
    basis: str | Promise = ""
    basis_url: str = ""
    article: str = ""
    current: bool = False


@dataclass(frozen=True, kw_only=True)
class Stat:
    """A figure of `components/stat_strip.html`; `text` says of how many."""

    figure: str
    text: str | Promise


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row of `components/summary_list.html` and of a receipt; `link` changes what it holds."""

    key: str | Promise
    value: str | Promise
    url: str = ""
    link: str | Promise = ""


@dataclass(frozen=True, kw_only=True)
class FileLink:
    """A file of `components/file_list.html`; `size` in bytes; no `url` while it may not be read."""

    name: str
    size: int
    url: str = ""
    note: str | Promise = ""


@dataclass(frozen=True, kw_only=True)
class PageError:
    """An error of `components/error_summary.html` that belongs to no field of a form."""

    text: str | Promise
    url: str = ""
