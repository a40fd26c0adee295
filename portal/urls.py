"""Every address of the portal."""

from django.contrib import admin
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from accounts.views.own import set_language
from portal import views
from portal.api import router
from portal.lists import JournalList

portal_pages = [
    path("", views.dashboard, name="dashboard"),
    path("search/", views.search, name="search"),
    path("map/", views.show_map, name="map"),
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
    path("me/", include("accounts.urls.own")),
    path("people/", include("accounts.urls.people")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("register/", include("registry.urls.register")),
    path("registry/imports/", include("intake.urls")),
    path("registry/", include("registry.urls.registry")),
    path("grid/", include("grid.urls")),
    path("tips/", include("cases.urls.tips")),
    path("leads/", include("cases.urls.leads")),
    path("cases/", include("cases.urls.cases")),
    path("checks/", include("crosschecks.urls")),
    path("outlook/", include("outlook.urls")),
    path("council/", include("council.urls")),
    path("law/", include("law.urls")),
    path("changes/", include("changes.urls")),
    path("api/v1/", include(router.urls)),
    path("api/v1/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/v1/docs/", SpectacularSwaggerSplitView.as_view(url_name="schema"), name="api_docs"),
]
