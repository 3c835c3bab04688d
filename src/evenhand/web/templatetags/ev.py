"""Template tags and filters of every page: dates, due tags, figures."""

from datetime import date, datetime

from django import template
from django.template.base import Node
from django.template.context import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import to_locale

from evenhand.web.dates import Written, due_words, write

register = template.Library()


@register.filter
def long_date(value: date | None) -> str:
    """Friday 1 May 2026; 2026年5月1日（星期五）."""
    return write(value, Written.LONG)


@register.filter
def short_date(value: date | None) -> str:
    """1 May 2026; 2026年5月1日."""
    return write(value, Written.SHORT)


@register.filter
def date_time(value: datetime | None) -> str:
    """2 March 2026, 09:14; 2026年3月2日 09:14."""
    return write(value, Written.MOMENT)


@register.filter
def figure(value: int | float) -> str:
    """A number with its thousands set apart: 48,213."""
    return f"{value:,}"


@register.filter
def language_tag(code: str) -> str:
    """A Django language code as HTML wants it: zh-hans is zh-Hans."""
    return to_locale(code).replace("_", "-")


@register.inclusion_tag("components/due_tag.html")
def due_tag(due: datetime, now: datetime, paused: bool = False) -> dict[str, str]:
    """The tag beside a thing that falls due: "4 days late", "today 17:00", "paused"."""
    words = due_words(due, now, paused=paused)
    return {"kind": words.kind.value, "words": words.words}


@register.simple_tag(takes_context=True)
def repeat_block(context: Context, name: str) -> SafeString:
    """What a block holds, once more: the title of the page is also its heading."""
    block: Node = context.render_context[BLOCK_CONTEXT_KEY].get_block(name)
    return mark_safe(block.render(context).strip())  # the block escaped what needed it
