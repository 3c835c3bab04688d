"""Below ``/published/``, for everybody."""

from django.urls import path

from .feed import PublishedFeed
from .views import PublicationView, figures_page, listing

app_name = "published"
urlpatterns = [
    path("", listing, name="list"),
    path("feed/", PublishedFeed(), name="feed"),
    path("figures/", figures_page, name="figures"),
    path("<uuid:publication>/", PublicationView.as_view(), name="one"),
]
