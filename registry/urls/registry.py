"""The registry for officials, under /registry/."""

from django.urls import path

from registry.lists import RegistrationList
from registry.views import registry
from registry.views.lookup import lookup

app_name = "registry"
urlpatterns = [
    path("", RegistrationList.as_view(), name="list"),
    path("lookup/", lookup, name="lookup"),
    path("<path:number>/acts/<slug:verb>/", registry.record_act, name="act"),
    path("<path:number>/", registry.detail, name="detail"),
]
