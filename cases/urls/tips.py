"""Addresses of tips."""

from django.urls import path

from cases.lists.tips import TipList
from cases.views import tips

app_name = "tips"
urlpatterns = [
    path("", TipList.as_view(), name="list"),
    path("new/", tips.new_tip, name="new"),
    path("mismatch/", tips.report_mismatch, name="mismatch"),
    path("code/", tips.enter_code, name="code"),
    path("<str:receipt>/", tips.receipt, name="receipt"),
]
