"""Addresses of a person's own pages."""

from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.profile, name="profile"),
    path("theme/", views.set_theme, name="theme"),
    path("invitation/<str:token>/", views.accept_invitation, name="accept_invitation"),
]
