"""The registry for officials, under /registry/."""

from django.urls import path

from registry.lists import RegistrationList
from registry.views import registry

app_name = "registry"
urlpatterns = [
    path("", RegistrationList.as_view(), name="list"),
    path("<path:number>/acts/<slug:verb>/", registry.record_act, name="act"),
    path("<path:number>/", registry.detail, name="detail"),
]
