"""Addresses of the outlook."""

from django.urls import path

from outlook import views
from outlook.lists import FigureList, ForecastList, MonthList

app_name = "outlook"
urlpatterns = [
    path("", views.balance, name="balance"),
    path("figures/", FigureList.as_view(), name="figures"),
    path("forecasts/", ForecastList.as_view(), name="forecasts"),
    path("months/", MonthList.as_view(), name="months"),
]
