"""Below ``/desk/publications/``, for staff."""

from django.urls import path

from . import desk

app_name = "publications"
urlpatterns = [
    path("", desk.listing, name="list"),
    path("propose/<str:key>/<uuid:matter>/", desk.propose, name="propose"),
    path("<uuid:publication>/review/", desk.review, name="review"),
    path("<uuid:publication>/withdraw/", desk.withdraw, name="withdraw"),
]
