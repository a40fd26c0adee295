"""The public register, under /register/."""

from django.urls import path

from registry.views import register

app_name = "register"
urlpatterns = [
    path("", register.search, name="search"),
    path("check/", register.check, name="check"),
    path("<path:number>/", register.extract, name="extract"),
]
