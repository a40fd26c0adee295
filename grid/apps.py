"""Meters, readings, load profiles and feeds."""

from django.apps import AppConfig


class GridConfig(AppConfig):
    name = "grid"
    default_auto_field = "django.db.models.BigAutoField"
