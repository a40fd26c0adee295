"""Every address of the portal."""

from importlib.util import find_spec

from django.contrib import admin
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

from accounts.views import set_language
from portal import views
from portal.api import router
from portal.lists import JournalList

handler403 = "portal.views.not_allowed"


def _when_there(prefix, module):
    try:
        there = find_spec(module)
    except ModuleNotFoundError:
        there = None
    return [path(prefix, include(module))] if there else []


portal_pages = [
    path("", views.dashboard, name="dashboard"),
    path("search/", views.search, name="search"),
]
journal_pages = [
    path("", JournalList.as_view(), name="list"),
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/read/", views.read_all, name="read_all"),
]

urlpatterns = [
    path("", include((portal_pages, "portal"))),
    path("journal/", include((journal_pages, "journal"))),
    path("language/", set_language, name="set_language"),
    path("me/", include("accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    *_when_there("register/", "registry.urls.register"),
    *_when_there("registry/", "registry.urls.registry"),
    *_when_there("grid/", "grid.urls"),
    *_when_there("tips/", "cases.urls.tips"),
    *_when_there("leads/", "cases.urls.leads"),
    *_when_there("cases/", "cases.urls.cases"),
    *_when_there("checks/", "crosschecks.urls"),
    *_when_there("law/", "law.urls"),
    path("api/v1/", include(router.urls)),
    path("api/v1/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/v1/docs/", SpectacularSwaggerView.as_view(url_name="schema"), name="api_docs"),
]
