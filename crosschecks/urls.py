"""Addresses under /checks/."""

from django.urls import path

from crosschecks.lists import FindingList
from crosschecks.views import checks, contradictions, findings, runs

app_name = "crosschecks"
urlpatterns = [
    path("", checks.checks, name="checks"),
    path("findings/", FindingList.as_view(), name="findings"),
    path("findings/<int:pk>/", findings.finding, name="finding"),
    path("findings/<int:pk>/suppress/", findings.suppress, name="suppress"),
    path("findings/<int:pk>/unsuppress/", findings.unsuppress, name="unsuppress"),
    path("runs/<int:pk>/", runs.run, name="run"),
    path("runs/<int:pk>/state/", runs.run_state, name="run-state"),
    path(
        "contradictions/<path:registration>/",
        contradictions.contradictions,
        name="contradictions",
    ),
    path("<slug:slug>/", checks.check, name="check"),
    path("<slug:slug>/run/", checks.run, name="run-now"),
    path("<slug:slug>/pause/", checks.pause, name="pause"),
    path("<slug:slug>/resume/", checks.resume, name="resume"),
]
