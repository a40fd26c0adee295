"""The registry's words for people: badges, acts and news."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from common.errors import RowProblem
from common.identifiers import BadIdentifier
from common.regions import REGIONS
from intake.wording import problem_words
from pages.badges import Badge
from registry.choices import Status

VERBS = {
    "registry.operator.add": _("entered the operator by hand"),
    "registry.operator.change": _("changed the operator by hand"),
    "registry.registration.add": _("entered the registration by hand"),
    "registry.registration.change": _("changed the registration by hand"),
    "registry.site.add": _("entered the site by hand"),
    "registry.site.change": _("changed the site by hand"),
    "registry.sitemeter.add": _("entered a declared meter by hand"),
    "registry.sitemeter.change": _("changed a declared meter by hand"),
}

BADGES: dict[str, Badge] = {
    Status.APPLIED: Badge(_("applied for"), icon="file-text", line=True),
    Status.IN_REVIEW: Badge(_("in review"), icon="eye", line=True),
    Status.ACTIVE: Badge(_("in force"), "reg", "circle-check"),
    Status.SUSPENDED: Badge(_("suspended"), "warn", "player-pause"),
    Status.EXPIRED: Badge(_("expired"), icon="circle-off"),
    Status.REVOKED: Badge(_("revoked"), icon="circle-x"),
    Status.SURRENDERED: Badge(_("surrendered"), icon="circle-minus"),
}
RAN_OUT = Badge(_("term ran out"), icon="circle-off")
NOT_YET = Badge(_("not yet entered"), icon="clock", line=True)


def status_badge(status: str | None) -> Badge:
    """The state of a registration as a badge; None before it was entered."""
    return BADGES[status] if status else NOT_YET


def status_word(status: str) -> str:
    """The word for a status in the reader's language."""
    return str(Status(status).label) if status in Status.values else status


def bin_words(bad: BadIdentifier) -> str:
    """Why a number is no BIN or IIN, with the repair if there is one."""
    params = {"repair": bad.repair} if bad.repair else {}
    return problem_words(RowProblem(0, "", "", f"bin_{bad.code}", params))


def regions() -> list[tuple[str, str]]:
    """The first two digits of each region's KATO code and its name, by name for the reader."""
    language = get_language() or "ru"
    return sorted(((r.prefix, r.name(language)) for r in REGIONS.values()), key=lambda one: one[1])
