from django.urls import include, path

urlpatterns = [
    path("desk/notices/", include("evenhand.kernel.notices.urls")),
    path("account/", include("evenhand.kernel.access.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]
