"""Equipment, contracts, returns, people and official lists; every edit is a proposal."""

from django.contrib import admin

from registry.admin.entries import Corrected, ShownOnly
from registry.models import (
    Contact,
    Equipment,
    EquipmentModel,
    FeeReturn,
    ListedEntry,
    OfficialList,
    PilotStage,
    PoolReport,
    Principal,
    Sale,
    SupplyContract,
    Venue,
)

OPERATOR = ["operator__bin", "operator__name", "operator__search"]


@admin.register(EquipmentModel)
class EquipmentModelAdmin(Corrected):
    list_display = ["name", "manufacturer", "year", "hashrate_ths", "power_w", "verified"]
    list_filter = ["manufacturer", "cooling", "verified"]
    search_fields = ["key", "name", "manufacturer"]


@admin.register(Equipment)
class EquipmentAdmin(Corrected):
    list_display = ["described", "site", "lot", "model", "count", "customs_declaration"]
    list_filter = ["model__manufacturer", "valid_to"]
    search_fields = ["described", "lot", "serials", "customs_declaration", "site__name"]
    list_select_related = ["site", "model"]
    autocomplete_fields = ["site", "model"]


@admin.register(SupplyContract)
class SupplyContractAdmin(Corrected):
    list_display = ["number", "operator", "kind", "supplier_name", "kw", "valid_from", "valid_to"]
    list_filter = ["kind", "valid_to"]
    search_fields = ["number", "supplier_name", "supplier_bin", *OPERATOR]
    list_select_related = ["operator"]
    autocomplete_fields = ["operator", "site"]


@admin.register(FeeReturn)
class FeeReturnAdmin(Corrected):
    list_display = ["operator", "year", "quarter", "version", "kwh", "due_kzt", "paid_kzt"]
    list_filter = ["year", "quarter"]
    search_fields = OPERATOR
    list_select_related = ["operator"]
    autocomplete_fields = ["operator"]


@admin.register(Contact)
class ContactAdmin(Corrected):
    list_display = ["operator", "kind", "value", "is_personal", "valid_to"]
    list_filter = ["kind", "is_personal"]
    search_fields = ["value", *OPERATOR]
    list_select_related = ["operator"]
    autocomplete_fields = ["operator"]


@admin.register(Principal)
class PrincipalAdmin(Corrected):
    list_display = ["name", "part", "operator", "share", "valid_from", "valid_to"]
    list_filter = ["part"]
    search_fields = ["name", "number", *OPERATOR]
    list_select_related = ["operator"]
    autocomplete_fields = ["operator"]


@admin.register(OfficialList)
class OfficialListAdmin(ShownOnly):
    list_display = ["kind", "day", "body", "reference"]
    list_filter = ["kind"]
    search_fields = ["body", "reference"]
    date_hierarchy = "day"


@admin.register(ListedEntry)
class ListedEntryAdmin(ShownOnly):
    list_display = ["number", "operator_name", "operator_bin", "official_list", "valid_to"]
    list_filter = ["official_list__kind"]
    search_fields = ["number", "operator_name", "operator_bin"]
    list_select_related = ["official_list"]


@admin.register(PilotStage)
class PilotStageAdmin(ShownOnly):
    list_display = ["name_ru", "valid_from", "valid_to", "verified"]
    list_filter = ["verified"]
    search_fields = ["name_kk", "name_ru", "name_en", "source"]


@admin.register(Venue)
class VenueAdmin(ShownOnly):
    list_display = ["name", "code", "admitted_from", "admitted_to"]
    search_fields = ["name", "code", "source"]


@admin.register(Sale)
class SaleAdmin(ShownOnly):
    list_display = ["operator", "venue", "asset", "period_from", "period_to", "mined", "sold"]
    list_filter = ["asset", "venue"]
    search_fields = ["operator__name", "source"]
    list_select_related = ["operator", "venue"]
    date_hierarchy = "period_from"


@admin.register(PoolReport)
class PoolReportAdmin(ShownOnly):
    list_display = ["pool", "name", "distributed_on", "asset", "amount", "licence_number"]
    list_filter = ["asset"]
    search_fields = ["pool", "name", "licence_number"]
    date_hierarchy = "distributed_on"
