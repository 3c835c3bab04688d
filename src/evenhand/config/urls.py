"""Every address. A mechanism adds one line."""

from django.urls import URLPattern, URLResolver, include, path

from evenhand.web.home import HomeView

handler400 = "evenhand.web.views.bad_request"
handler403 = "evenhand.web.views.permission_denied"
handler404 = "evenhand.web.views.page_not_found"
handler500 = "evenhand.web.views.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", HomeView.as_view(), name="home"),
    path("", include("evenhand.mechanisms.petitions.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("api/v1/", include("evenhand.api.urls")),
    path("account/", include("evenhand.kernel.access.urls")),
    path("files/", include("evenhand.kernel.evidence.urls")),
    path("published/", include("evenhand.web.published.urls")),
    path("desk/publications/", include("evenhand.web.published.desk_urls")),
    path("desk/notices/", include("evenhand.kernel.notices.urls")),
    path("desk/", include("evenhand.web.desk.urls")),
    path("desk/", include("evenhand.mechanisms.petitions.desk.urls")),
]
