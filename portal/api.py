"""The API's addresses, gathered from the apps."""

from importlib import import_module

from rest_framework.routers import DefaultRouter

from portal.journal_api import EventViewSet

router = DefaultRouter()
router.include_root_view = False
for app in ("registry", "grid", "cases", "crosschecks"):
    try:
        import_module(f"{app}.api.routes").register(router)
    except ModuleNotFoundError as e:
        if e.name not in (f"{app}.api", f"{app}.api.routes"):
            raise
router.register("events", EventViewSet, basename="event")
