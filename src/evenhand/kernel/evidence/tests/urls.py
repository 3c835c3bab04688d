from django.urls import include, path

urlpatterns = [path("files/", include("evenhand.kernel.evidence.urls"))]
