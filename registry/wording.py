"""The registry's words for people: badges, acts and news."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from common.errors import RowProblem
from common.identifiers import BadIdentifier
from common.regions import REGIONS
from intake.wording import problem_words
from pages.badges import Badge
from registry.choices import ProtectionState, Status
from registry.matching.parties import Reason

VERBS = {
    "registry.venue.admit": _("entered a venue of the exchange pilot"),
    "registry.operator.read_personal": _("read personal data of the operator's people"),
    "registry.pair.same": _("judged the same party"),
    "registry.pair.different": _("judged different parties"),
    "registry.pair.unsure": _("judged not clear whether one party"),
    "registry.pair.withdraw": _("took a judgement back"),
    "registry.pair.search": _("searched the registry for pairs"),
    "registry.protection.draft": _("drafted a decision on the mark"),
    "registry.operator.lift_mark": _("lifted the mark “no restriction applies”"),
    "registry.operator.restore_mark": _("gave the mark “no restriction applies” back"),
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
# Why the matcher thinks that a party is, or is not, an entry; codes of registry.matching.
MATCH_REASONS: dict[str, Promise] = {
    "identifier_equal": _("the BIN or IIN is the same"),
    "identifier_suggests": _("the BIN or IIN was probably meant to be %(identifier)s"),
    "identifier_clash": _("the BIN or IIN is another one"),
    "identifier_bad": _("the BIN or IIN given is not valid and not like the entry's"),
    "name_equal": _("the name is the same"),
    "name_spelling": _("the name is the same in another spelling"),
    "name_part": _("the name fits in part"),
    "name_differs": _("the name differs"),
    "words_left": _("words that the entry has not: %(count)d"),
    "words_missing": _("words that only the entry has: %(count)d"),
    "initials": _("initials fit"),
    "word_order": _("the words stand in another order"),
    "numbers_clash": _("the number in the name differs"),
    "number_missing": _("only one name has a number"),
    "common_words": _("the name is made of common words: there may be namesakes"),
    "form_clash": _("the legal form differs"),
    "kind_clash": _("one is a person, the other a company"),
    "place_equal": _("the place is the same"),
    "place_spelling": _("the place is the same in another spelling"),
    "place_apart": _("the places lie in different regions"),
    "place_differs": _("the place differs"),
    "street_equal": _("the street is the same"),
    "street_spelling": _("the street is the same in another spelling"),
    "street_differs": _("the street differs"),
    "house_equal": _("the house is the same"),
    "house_differs": _("the house differs"),
    "metres": _("the coordinates are within %(metres)d m"),
    "kilometres": _("the coordinates are within %(km)d km"),
    "far": _("the coordinates are more than %(km)d km apart"),
    "judged_same": _("people judged on %(day)s that it is the same party"),
    "judged_different": _("people judged on %(day)s that %(name)s is another party"),
    "twin": _("entry %(registration)s fits nearly as well"),
}
PROTECTION_BADGES: dict[str, Badge] = {
    ProtectionState.DRAFTED: Badge(ProtectionState.DRAFTED.label, icon="ear", line=True),
    ProtectionState.HEARD: Badge(ProtectionState.HEARD.label, "act", "ear"),
    ProtectionState.PROPOSED: Badge(ProtectionState.PROPOSED.label, "warn", "users"),
    ProtectionState.DECIDED: Badge(ProtectionState.DECIDED.label, "warn", "shield-off"),
    ProtectionState.RESTORING: Badge(ProtectionState.RESTORING.label, "warn", "users"),
    ProtectionState.REVERSED: Badge(ProtectionState.REVERSED.label, "reg", "shield-check"),
    ProtectionState.REFUSED: Badge(ProtectionState.REFUSED.label, "reg", "shield-check"),
    ProtectionState.WITHDRAWN: Badge(
        ProtectionState.WITHDRAWN.label, icon="arrow-back-up", line=True
    ),
}
NEWS = {
    "mark.invited": _("%(who)s is invited to a hearing on the mark on %(day)s"),
    "mark.heard": _("%(who)s was heard on the mark"),
    "mark.proposed": _("Lifting the mark of %(who)s is proposed and waits for named persons"),
    "mark.lifted": _("The mark of %(who)s is lifted from %(day)s"),
    "mark.kept": _("The mark of %(who)s stays"),
    "mark.restoring": _("Giving the mark back to %(who)s is proposed and waits for named persons"),
    "mark.restored": _("%(who)s carries the mark again from %(day)s"),
}

RAN_OUT = Badge(_("term ran out"), icon="circle-off")
NOT_YET = Badge(_("not yet entered"), icon="clock", line=True)


def status_badge(status: str | None) -> Badge:
    """The state of a registration as a badge; None before it was entered."""
    return BADGES[status] if status else NOT_YET


def status_word(status: str) -> str:
    """The word for a status in the reader's language."""
    return str(Status(status).label) if status in Status.values else status


def match_phrases() -> dict[str, str]:
    """The wording of every reason in the reader's language; for many matches at once."""
    return {code: str(text) for code, text in MATCH_REASONS.items()}


def match_words(reasons: Iterable[Reason], phrases: Mapping[str, str] | None = None) -> str:
    """Reasons of a match as one line in the reader's language."""
    known = phrases or match_phrases()
    return "; ".join(known[reason.code] % reason.params for reason in reasons)


def reason_words(code: str, params: Mapping[str, object]) -> str:
    """One reason of the matcher that was kept as a code; one without words is shown as it is."""
    return str(MATCH_REASONS[code]) % params if code in MATCH_REASONS else code


def bin_words(bad: BadIdentifier) -> str:
    """Why a number is no BIN or IIN, with the repair if there is one."""
    params = {"repair": bad.repair} if bad.repair else {}
    return problem_words(RowProblem(0, "", "", f"bin_{bad.code}", params))


def regions() -> list[tuple[str, str]]:
    """The first two digits of each region's KATO code and its name, by name for the reader."""
    language = get_language() or "ru"
    return sorted(((r.prefix, r.name(language)) for r in REGIONS.values()), key=lambda one: one[1])
