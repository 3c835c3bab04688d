"""What is public, as an Atom feed."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from evenhand.kernel.disclosure import queries
from evenhand.kernel.disclosure.models import Published
from evenhand.web.context import body_name

LATEST = 30
_LONGEST = 400


if TYPE_CHECKING:
    _Feed = Feed[Published, None]
else:
    _Feed = Feed  # generic for the type checker alone


class PublishedFeed(_Feed):
    """The latest, with the beginning of each; no more than the pages show."""

    feed_type = Atom1Feed

    def title(self) -> str:
        return _("Published by %(body)s") % {"body": body_name()}

    def subtitle(self) -> str:
        return _("Answers given to the public, without names, addresses and numbers.")

    def link(self) -> str:
        return reverse("published:list")

    def feed_url(self) -> str:
        return reverse("published:feed")

    def items(self) -> list[Published]:
        return list(queries.published()[:LATEST])

    def item_title(self, item: Published) -> str:
        return item.title

    def item_description(self, item: Published) -> str:
        return Truncator("\n".join(part["text"] for part in item.parts)).chars(_LONGEST)

    def item_author_name(self, item: Published) -> str:
        return str(item.unit)

    def item_link(self, item: Published) -> str:
        return reverse("published:one", args=[item.id])

    def item_guid(self, item: Published) -> str:
        return item.id.urn

    def item_pubdate(self, item: Published) -> datetime:
        return item.published_at

    def item_updateddate(self, item: Published) -> datetime:
        return item.published_at
