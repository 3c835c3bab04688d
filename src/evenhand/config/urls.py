"""Every address. A mechanism adds one line."""

from django.urls import URLPattern, URLResolver, include, path

handler400 = "evenhand.web.views.bad_request"
handler403 = "evenhand.web.views.permission_denied"
handler404 = "evenhand.web.views.page_not_found"
handler500 = "evenhand.web.views.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("account/", include("evenhand.kernel.access.urls")),
]
