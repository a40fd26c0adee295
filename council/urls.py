"""Addresses of the council."""

from django.urls import path

from council import views
from council.lists import ProposalList

app_name = "council"
urlpatterns = [
    path("", ProposalList.as_view(), name="list"),
    path("new/", views.new, name="new"),
    path("<str:number>/", views.detail, name="detail"),
    path("<str:number>/edit/", views.edit, name="edit"),
    path("<str:number>/moves/<slug:verb>/", views.move, name="move"),
]
