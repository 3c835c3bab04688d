"""The public pages of petitions."""

from django.urls import path
from django.views.generic import TemplateView

from . import pdf_views
from .public import bring, follow, handled

app_name = "petitions"
urlpatterns = [
    path("bring/", bring.StartView.as_view(), name="start"),
    path("bring/kind/", bring.KindView.as_view(), name="kind"),
    path("bring/matter/", bring.MatterView.as_view(), name="matter_form"),
    path("bring/you/", bring.PersonView.as_view(), name="person"),
    path("bring/check/", bring.CheckView.as_view(), name="check"),
    path("bring/report/", bring.ReportView.as_view(), name="report"),
    path("bring/delete/", bring.wipe, name="wipe"),
    path(
        "bring/deleted/",
        TemplateView.as_view(template_name="petitions/bring/wiped.html"),
        name="wiped",
    ),
    path("follow/", follow.FollowView.as_view(), name="follow"),
    path("follow/matter/", follow.MatterView.as_view(), name="matter"),
    path("follow/add/", follow.AddView.as_view(), name="add"),
    path("follow/contact/", follow.ContactView.as_view(), name="contact"),
    path("follow/withdraw/", follow.WithdrawView.as_view(), name="withdraw"),
    path("follow/document/<uuid:document>/", follow.DocumentView.as_view(), name="document"),
    path(
        "follow/document/<uuid:document>/pdf/",
        pdf_views.DocumentPdfView.as_view(),
        name="document_pdf",
    ),
    path(
        "desk/documents/<uuid:document>/pdf/",
        pdf_views.document_pdf_desk,
        name="document_pdf_desk",
    ),
    path("follow/my-data/", follow.TakeawayView.as_view(), name="takeaway"),
    path("follow/leave/", follow.leave, name="leave"),
    path("how-matters-are-handled/", handled.HandledView.as_view(), name="handled"),
    path("privacy/", TemplateView.as_view(template_name="petitions/privacy.html"), name="privacy"),
]
