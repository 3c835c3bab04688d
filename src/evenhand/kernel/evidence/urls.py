"""Below ``/files/``, apart from every page."""

from django.urls import path

from . import views

app_name = "evidence"
urlpatterns = [path("<uuid:file_id>", views.download, name="download")]
