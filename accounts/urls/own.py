"""Addresses of a person's own pages."""

from django.urls import path

from accounts.views import own

app_name = "accounts"
urlpatterns = [
    path("", own.profile, name="profile"),
    path("theme/", own.set_theme, name="theme"),
    path("invitation/<str:token>/", own.accept_invitation, name="accept_invitation"),
]
