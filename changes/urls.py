"""Addresses of changes by two persons."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from changes import views
from changes.lists import ChangeList


class DecisionConverter(StringConverter):
    regex = "approve|refuse|withdraw"


register_converter(DecisionConverter, "decision")

app_name = "changes"
urlpatterns = [
    path("", ChangeList.as_view(), name="list"),
    path("<int:number>/", views.detail, name="detail"),
    path("<int:number>/<decision:verb>/", views.decide, name="decide"),
]
