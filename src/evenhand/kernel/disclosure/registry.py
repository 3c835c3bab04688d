"""Where publications come from: each mechanism says what of its matters may be made public."""

import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from evenhand.kernel.access.models import Relation

Text = str | Promise


@dataclass(frozen=True, kw_only=True)
class Original:
    """What a publication is made of, as it stands in the matter.

    ``parts`` by the keys of :attr:`Source.parts`; ``people`` are names that must not appear,
    ``contacts`` addresses and numbers of theirs.
    """

    matter: uuid.UUID
    reference: str
    unit: uuid.UUID
    language: str
    title: str
    parts: Mapping[str, str]
    people: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Source:
    """``matters()`` are the ids of the matters, seen by the present actor, from which there is
    something to publish; ``read(ids)`` gives their originals. Whoever stands in one of the
    relations ``proposes`` may propose, in one of ``reviews`` review."""

    key: str
    mechanism: str
    label: Text
    parts: Mapping[str, Text]
    proposes: tuple[Relation, ...]
    reviews: tuple[Relation, ...]
    matters: Callable[[], QuerySet[Any, Any]]
    read: Callable[[Collection[uuid.UUID]], Mapping[uuid.UUID, Original]]


class UnknownSource(KeyError):
    """No installed app provides a source of this key."""


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """A key already taken by another source raises ``ValueError``."""
    if _sources.setdefault(source.key, source) is not source:
        raise ValueError(f"source {source.key!r} is registered twice")


def source(key: str) -> Source:
    """Raises :class:`UnknownSource`."""
    try:
        return _sources[key]
    except KeyError:
        raise UnknownSource(f"no installed app provides the source {key!r}") from None


def every() -> tuple[Source, ...]:
    return tuple(_sources[key] for key in sorted(_sources))
