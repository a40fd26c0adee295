"""The API's addresses, gathered from the apps."""

from rest_framework.routers import DefaultRouter

from cases.api import routes as cases
from council.api import routes as council
from crosschecks.api import routes as crosschecks
from grid.api import routes as grid
from intake.api import routes as intake
from law.api import routes as law
from outlook.api import routes as outlook
from portal.journal_api import EventViewSet
from registry.api import routes as registry

router = DefaultRouter()
router.include_root_view = False
for app in (intake, law, registry, grid, cases, crosschecks, council, outlook):
    app.register(router)
router.register("events", EventViewSet, basename="event")
