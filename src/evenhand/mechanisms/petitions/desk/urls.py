"""Below ``/desk/``: what comes in at the counter. Pages of a case are the desk's own."""

from django.urls import path

from . import finding, recording

app_name = "petitions_desk"
urlpatterns = [
    path("record/", recording.record, name="record"),
    path("record/report/", recording.report, name="report"),
    path("find/", finding.find, name="find"),
]
