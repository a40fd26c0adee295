"""Where the registry stands under /api/v1/."""

from rest_framework.routers import BaseRouter

from registry.api.exchange import (
    PilotStageViewSet,
    PoolReportViewSet,
    SaleViewSet,
    VenueViewSet,
)
from registry.api.protection import MarkDecisionViewSet
from registry.api.records import (
    ContractViewSet,
    EquipmentModelViewSet,
    EquipmentViewSet,
    FeeReturnViewSet,
    OfficialListViewSet,
)
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
    router.register("equipment", EquipmentViewSet, basename="equipment")
    router.register("equipment-models", EquipmentModelViewSet, basename="equipment-models")
    router.register("supply-contracts", ContractViewSet, basename="supply-contracts")
    router.register("fee-returns", FeeReturnViewSet, basename="fee-returns")
    router.register("official-lists", OfficialListViewSet, basename="official-lists")
    router.register("pilot-stages", PilotStageViewSet, basename="pilot-stages")
    router.register("venues", VenueViewSet, basename="venues")
    router.register("exchange-sales", SaleViewSet, basename="exchange-sales")
    router.register("pool-reports", PoolReportViewSet, basename="pool-reports")
    router.register("mark-decisions", MarkDecisionViewSet, basename="mark-decisions")
    router.register("match", MatchViewSet, basename="match")
    router.register("register", RegisterViewSet, basename="register")
