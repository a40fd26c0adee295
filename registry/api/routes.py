"""Where the registry stands under /api/v1/."""

from rest_framework.routers import BaseRouter

from registry.api.views import (
    MatchViewSet,
    OperatorViewSet,
    RegisterViewSet,
    RegistrationViewSet,
    SiteViewSet,
)


def register(router: BaseRouter) -> None:
    router.register("operators", OperatorViewSet, basename="operators")
    router.register("registrations", RegistrationViewSet, basename="registrations")
    router.register("sites", SiteViewSet, basename="sites")
    router.register("match", MatchViewSet, basename="match")
    router.register("register", RegisterViewSet, basename="register")
