"""What instruments are called: the profile's short keys and names in both languages."""

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from evenhand.base.profile import InstrumentName

from .citations import Citation

#: Laws are cited with and without the name of the state.
STATE = "中华人民共和国"


def configured() -> Mapping[str, InstrumentName]:
    """``settings.EVENHAND_INSTRUMENT_KEYS`` by key: a list of dicts with ``key``, ``title``,
    ``name_en`` and ``name_zh``. Raises ``ImproperlyConfigured`` naming the row that is wrong.
    """
    return by_key(_row(row) for row in getattr(settings, "EVENHAND_INSTRUMENT_KEYS", ()))


def by_key(names: Iterable[InstrumentName]) -> Mapping[str, InstrumentName]:
    """Refuses two rows with one key or one title."""
    found: dict[str, InstrumentName] = {}
    titles: dict[str, str] = {}
    for name in names:
        other = titles.setdefault(bare(name.title), name.key)
        if name.key in found or other != name.key:
            raise ImproperlyConfigured(
                f"instrument {name.key!r} ({name.title}): key or title is taken by {other!r}"
            )
        found[name.key] = name
    return found


def bare(title: str) -> str:
    """A title without the name of the state before it."""
    return title.strip().removeprefix(STATE)


def other_titles(title: str) -> tuple[str, str]:
    """The same title without the name of the state, and with it."""
    return bare(title), STATE + bare(title)


def spoken(citation: Citation, language: str) -> str:
    """A citation in full words, whether or not the instrument's text is loaded."""
    name = configured().get(citation.instrument)
    if name is None:
        return citation.render(name=citation.instrument, language=language)
    called = name.name_zh if language.startswith("zh") else name.name_en
    return citation.render(name=called or name.title, language=language)


def _row(row: Mapping[str, str]) -> InstrumentName:
    try:
        return InstrumentName(**row)
    except TypeError:
        raise ImproperlyConfigured(
            f"EVENHAND_INSTRUMENT_KEYS: {row!r} needs exactly key, title, name_en and name_zh"
        ) from None
