"""The picture: suspected and registered power by region, and the path of leads."""

from django.apps import AppConfig


class OutlookConfig(AppConfig):
    name = "outlook"
    default_auto_field = "django.db.models.BigAutoField"
