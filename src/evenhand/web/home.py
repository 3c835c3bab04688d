"""The first page: what one can do here. Mechanisms add their cards when the apps are ready."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.views.generic import TemplateView

from evenhand.web.components import Stat


@dataclass(frozen=True, kw_only=True)
class Card:
    """One thing that the public can do; lower ``order`` stands first."""

    title: str | Promise
    text: str | Promise
    url_name: str
    order: int

    @property
    def url(self) -> str:
        return reverse(self.url_name)


_cards: list[Card] = []


def register(*cards: Card) -> None:
    """Add cards; the same card twice is harmless."""
    _cards.extend(card for card in cards if card not in _cards)


Figures = Callable[[], list[Stat]]
_figures: list[Figures] = []


def register_figures(*sources: Figures) -> None:
    """Add figures to the strip, each saying of how many; asked anew for every reader."""
    _figures.extend(source for source in sources if source not in _figures)


class HomeView(TemplateView):
    """Bring a matter, follow one, and what else is on here."""

    template_name = "home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        cards = sorted(_cards, key=lambda card: card.order)
        stats = [stat for figures in _figures for stat in figures()]
        return super().get_context_data(cards=cards, stats=stats, **kwargs)
