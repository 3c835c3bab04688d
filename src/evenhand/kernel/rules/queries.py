"""Finding instruments, versions and provisions. Days are the body's own calendar days."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Q

from .citations import Citation, Place
from .models import Instrument, Provision, Version
from .naming import bare, other_titles

_MOST_CANDIDATES = 10
_Key = tuple[str, int, int, int | None, int | None]


class NotOne(LookupError):
    """A name that no instrument bears, or several; ``candidates`` are those that it may mean."""

    def __init__(self, name: str, candidates: Sequence[Instrument]) -> None:
        super().__init__(name)
        self.candidates = candidates


@dataclass(frozen=True)
class Section:
    """Provisions under one path of headings. ``opens`` are the headings that are new since
    the section before, each with its depth from 0."""

    path: tuple[str, ...]
    opens: tuple[tuple[int, str], ...]
    provisions: tuple[Provision, ...]


def instrument(name: str) -> Instrument:
    """By key, title, either name, or a part that only one bears. Raises :class:`NotOne`."""
    name = name.strip().removeprefix("《").removesuffix("》")
    if not name:
        raise NotOne(name, [])
    part = Q(title__icontains=name) | Q(name_en__icontains=name) | Q(name_zh__icontains=name)
    found = list(Instrument.objects.filter(Q(key__iexact=name) | part).order_by("title"))
    exact = [i for i in found if _is_called(i, name)]
    best = [i for i in exact if i.key and i.key.lower() == name.lower()] or exact or found
    if len(best) != 1:
        raise NotOne(name, best[:_MOST_CANDIDATES])
    return best[0]


def version(of: Instrument, at: date) -> Version | None:
    """The version in force on the day ``at``."""
    return Version.objects.in_force(at).filter(instrument=of).select_related("instrument").first()


def versions(of: Instrument) -> list[Version]:
    """Those that were in force at some time, oldest first."""
    return list(of.versions.filter(superseded=False).order_by("in_force_from"))


def matching(within: Version, place: Place) -> list[Provision]:
    """All that ``place`` may mean in a version: several where a list or a number repeats."""
    found = within.provisions.filter(article=place.article, suffix=place.suffix, part=0)
    if place.item and place.paragraph:
        found = found.filter(paragraph=place.paragraph)
    return list(found.filter(item=place.item).order_by("ordinal"))


def provision(citation: Citation, at: date) -> Provision | None:
    """The text cited, as in force on the day ``at``; None where it is not loaded.

    A paragraph is no row of its own: such a citation gives the whole article. An item with no
    paragraph gives the first of that number.
    """
    return provisions_for([citation], at).get(citation)


def provisions_for(citations: Iterable[Citation], at: date) -> dict[Citation, Provision]:
    """As :func:`provision` for many, in one query; what is not loaded is left out.

    ``provision.version.instrument`` is loaded with each.
    """
    wanted = set(citations)
    index = _index(wanted, at) if wanted else {}
    found = ((citation, index.get(_key(citation))) for citation in wanted)
    return {citation: provision for citation, provision in found if provision}


def contents(of: Version) -> list[Section]:
    """The whole version for reading: articles and other text in order, without item rows."""
    rows = of.provisions.filter(item=None).order_by("ordinal")
    sections = []
    above: tuple[str, ...] = ()
    for path, provisions in groupby(rows, key=lambda row: tuple(row.path)):
        sections.append(Section(path, _opened(above, path), tuple(provisions)))
        above = path
    return sections


def _is_called(instrument: Instrument, name: str) -> bool:
    titles = {instrument.title, bare(instrument.title), instrument.name_zh, instrument.name_en}
    return name.lower() in {title.lower() for title in titles} | {(instrument.key or "").lower()}


def _index(citations: Iterable[Citation], at: date) -> Mapping[_Key, Provision]:
    names = {citation.instrument for citation in citations}
    titles = {title for name in names for title in (name, *other_titles(name))}
    rows = (
        Provision.objects.filter(
            Q(version__instrument__key__in=names) | Q(version__instrument__title__in=titles),
            version__in=Version.objects.in_force(at),
            article__in={citation.place.article for citation in citations},
            part=0,
        )
        .filter(Q(item=None) | Q(item__in={c.place.item for c in citations if c.place.item}))
        .select_related("version__instrument")
        .order_by("ordinal")
    )
    index: dict[_Key, Provision] = {}
    for row in rows:
        for key in _keys(row):
            index.setdefault(key, row)
    return index


def _keys(row: Provision) -> Iterable[_Key]:
    """Every way in which a row may be cited."""
    instrument = row.version.instrument
    assert row.article is not None
    for name in {instrument.key, instrument.title, bare(instrument.title)} - {None}:
        for paragraph in {row.paragraph, None}:
            yield (name or "", row.article, row.suffix, paragraph, row.item)


def _key(citation: Citation) -> _Key:
    place = citation.place
    paragraph = place.paragraph if place.item else None
    return (citation.instrument, place.article, place.suffix, paragraph, place.item)


def _opened(above: tuple[str, ...], path: tuple[str, ...]) -> tuple[tuple[int, str], ...]:
    same = 0
    while same < min(len(above), len(path)) and above[same] == path[same]:
        same += 1
    return tuple(enumerate(path))[same:]
