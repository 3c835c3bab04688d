"""Below ``/desk/``."""

from django.urls import path

from . import views

app_name = "desk"
urlpatterns = [
    path("", views.work, name="work"),
    path("cases/", views.cases, name="cases"),
    path("cases/<str:reference>/", views.case, name="case"),
    path("cases/<str:reference>/write/", views.write, name="write"),
    path("cases/<str:reference>/<slug:name>/", views.step, name="step"),
    path("audit/", views.audit, name="audit"),
]
