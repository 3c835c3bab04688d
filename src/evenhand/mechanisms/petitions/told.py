"""What the body itself tells its public, from its profile, in the reader's language."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from django.conf import settings
from django.utils.translation import get_language

from evenhand.base import profile
from evenhand.kernel.calendar.terms import Term
from evenhand.kernel.calendar.words import term_in_words

Told = TypeVar("Told")


def complaints() -> str:
    """Whom to complain to about the handling."""
    return _spoken(_profile().complaints)


def reports() -> Sequence[str]:
    """Where a report on a person goes lawfully, one line for each place."""
    return _spoken(_profile().reports)


def length(key: str) -> str:
    """A figure of the profile in words, such as ``15 calendar days``."""
    return term_in_words(Term.parse(_profile().figure(key).value))


def _profile() -> profile.Profile:
    return profile.cached(settings.EVENHAND_PROFILE_FOLDER)


def _spoken(words: Mapping[str, Told]) -> Told:
    """In the reader's language, else in the first that the profile has."""
    language = get_language() or ""
    return words[language] if language in words else next(iter(words.values()))
