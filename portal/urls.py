"""Every address of the portal."""

from importlib.util import find_spec

from django.contrib import admin
from django.urls import include, path

from portal import views

handler403 = "portal.views.not_allowed"

urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("me/", include("accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
for prefix, module in [("tips/","cases.urls.tips"),("leads/","cases.urls.leads"),("cases/","cases.urls.cases"),("registry/","registry.urls"),("grid/","grid.urls"),("checks/","crosschecks.urls")]:
    try:
        found = find_spec(module)
    except ModuleNotFoundError:
        found = None
    if found:
        urlpatterns.append(path(prefix, include(module)))
