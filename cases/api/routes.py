"""Registers this app's addresses under /api/v1/."""

from rest_framework.routers import BaseRouter

from cases.api.views import CaseViewSet, EvidenceViewSet, LeadViewSet, TipViewSet


def register(router: BaseRouter) -> None:
    """tips, leads, cases, evidence."""
    router.register("tips", TipViewSet, basename="tip")
    router.register("leads", LeadViewSet, basename="lead")
    router.register("cases", CaseViewSet, basename="case")
    router.register("evidence", EvidenceViewSet, basename="evidence")
