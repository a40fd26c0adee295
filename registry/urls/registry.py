"""The registry for officials, under /registry/."""

from django.urls import path

from registry.lists import (
    ContractList,
    EquipmentList,
    FeeReturnList,
    ModelList,
    OfficialListList,
    OperatorList,
    RegistrationList,
    SiteList,
)
from registry.lists.exchange import PoolReportList, SaleList, VenueList
from registry.lists.protection import ProtectionList
from registry.views import corrections, exchange, operators, pairs, protection, registry
from registry.views.calculator import calculator
from registry.views.lookup import lookup

app_name = "registry"
urlpatterns = [
    path("", RegistrationList.as_view(), name="list"),
    path("operators/", OperatorList.as_view(), name="operators"),
    path("operators/<int:pk>/", operators.operator, name="operator"),
    path("sites/", SiteList.as_view(), name="sites"),
    path("equipment/", EquipmentList.as_view(), name="equipment"),
    path("models/", ModelList.as_view(), name="models"),
    path("contracts/", ContractList.as_view(), name="contracts"),
    path("fee-returns/", FeeReturnList.as_view(), name="fee_returns"),
    path("official/", OfficialListList.as_view(), name="official_lists"),
    path("official/<int:pk>/", operators.official, name="official"),
    path("corrections/<slug:kind>/<int:pk>/", corrections.correct, name="correct"),
    path("operators/<int:pk>/protection/", protection.draft, name="draft_protection"),
    path("protection/", ProtectionList.as_view(), name="protections"),
    path("protection/<int:pk>/", protection.decision, name="protection"),
    path("protection/<int:pk>/<slug:verb>/", protection.move, name="protection_move"),
    path("pairs/", pairs.review, name="pairs"),
    path("pairs/<int:pair_id>/", pairs.review, name="pair"),
    path("pairs/<int:pair_id>/judge/", pairs.judge, name="judge_pair"),
    path("pairs/judgements/<int:judgement_id>/withdraw/", pairs.withdraw, name="withdraw"),
    path("lookup/", lookup, name="lookup"),
    path("calculator/", calculator, name="calculator"),
    path("exchange/", exchange.home, name="exchange"),
    path("exchange/sales/", SaleList.as_view(), name="sales"),
    path("exchange/pools/", PoolReportList.as_view(), name="pool_reports"),
    path("exchange/venues/", VenueList.as_view(), name="venues"),
    path("<path:number>/acts/<slug:verb>/", registry.record_act, name="act"),
    path("<path:number>/", registry.detail, name="detail"),
]
