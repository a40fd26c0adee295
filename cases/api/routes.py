"""Registers this app's addresses under /api/v1/."""

from rest_framework.routers import BaseRouter

from cases.api.views import CaseViewSet, CitationViewSet, EvidenceViewSet, LeadViewSet, TipViewSet


def register(router: BaseRouter) -> None:
    """tips, leads, cases, grounds, evidence."""
    router.register("tips", TipViewSet, basename="tip")
    router.register("leads", LeadViewSet, basename="lead")
    router.register("cases", CaseViewSet, basename="case")
    router.register("grounds", CitationViewSet, basename="ground")
    router.register("evidence", EvidenceViewSet, basename="evidence")
