"""Addresses of the law's pages."""

from django.urls import path

from law import views
from law.lists import ActList, PositionList, RateList

app_name = "law"
urlpatterns = [
    path("", views.home, name="home"),
    path("terms/", views.terms, name="terms"),
    path("acts/", ActList.as_view(), name="acts"),
    path("acts/<slug:code>/", views.act, name="act"),
    path("norms/<slug:code>/", views.norm, name="norm"),
    path("statements/", PositionList.as_view(), name="positions"),
    path("statements/<slug:code>/", views.position, name="position"),
    path("rates/", RateList.as_view(), name="rates"),
    path("is-mining-banned/", views.banned, name="banned"),
]
