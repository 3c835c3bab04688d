"""Below ``/desk/notices/``."""

from django.urls import path

from . import views

app_name = "notices"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("read/", views.read, name="read_all"),
    path("<uuid:notice_id>/read/", views.read, name="read"),
]
