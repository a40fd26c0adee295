"""Addresses of the law's pages."""

from django.urls import path

from law import views

app_name = "law"
urlpatterns = [path("", views.terms, name="terms")]
