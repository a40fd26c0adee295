"""Where the council stands under /api/v1/."""

from rest_framework.routers import BaseRouter

from council.api.views import ProposalViewSet


def register(router: BaseRouter) -> None:
    router.register("proposals", ProposalViewSet, basename="proposal")
