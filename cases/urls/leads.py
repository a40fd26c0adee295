"""Addresses of leads."""

from django.urls import path

from cases.lists.leads import LeadList
from cases.views import leads

app_name = "leads"
urlpatterns = [
    path("", LeadList.as_view(), name="list"),
    path("referral/", leads.enter_referral, name="referral"),
    path("<str:number>/", leads.detail, name="detail"),
    path("<str:number>/preview/", leads.preview, name="preview"),
    path("<str:number>/files/<int:pk>/", leads.tip_file, name="file"),
    path("<str:number>/<slug:verb>/", leads.move, name="move"),
]
