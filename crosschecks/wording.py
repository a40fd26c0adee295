"""The sentences of the cross-checks: acts, news, and reasons with their figures put in."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crosschecks.choices import Decision, FindingState, RunState, Seen, Severity
from pages.badges import Badge
from pages.wording import number

VERBS = {
    "crosschecks.run.finish": _("finished a run"),
    "crosschecks.run.fail": _("could not finish a run"),
    "crosschecks.run.interrupt": _("interrupted a run"),
    "crosschecks.run.resume": _("took up an interrupted run again"),
    "crosschecks.run.ask": _("asked for a run"),
    "crosschecks.check.pause": _("paused a check"),
    "crosschecks.check.resume": _("resumed a check"),
    "crosschecks.finding.suppress": _("put a finding aside"),
    "crosschecks.finding.unsuppress": _("took a finding up again"),
    "crosschecks.suppression.expire": _("the term of a put-aside finding ended"),
    "crosschecks.threshold.vouch": _("said whether a threshold is verified"),
    "crosschecks.threshold.set": _("set a threshold"),
}

NEWS = {
    "crosschecks.run.finished": _(
        "The run that you asked for has ended: day %(day)s, new findings: %(new)s"
    ),
    "crosschecks.run.stopped": _(
        "The run that you asked for ended before its last step: day %(day)s"
    ),
}

SOURCES = {
    "readings": _("Meter readings"),
    "registry": _("Registry of miners"),
}

FAILURES = {
    "stopped": _("The portal was stopped while the run was under way."),
    "silent": _("The worker fell silent and did not come back after %(attempts)s attempts."),
    "taken": _("Another worker took this run over."),
}

_FIGURE = re.compile(r"%\((\w+)\)\.(\d)f")


def sentence(template: object, facts: Mapping[str, Any]) -> str:
    """A template with its figures, written as the active language writes numbers.

    ``%(peak_kw).0f`` becomes "19 120" in Russian and "19,120" in English; the other
    placeholders are filled as usual.
    """

    def grouped(found: re.Match[str]) -> str:
        return number(facts.get(found[1]), int(found[2]))

    return _FIGURE.sub(grouped, str(template)) % facts


RUN_BADGES = {
    RunState.QUEUED: ("", "hourglass", True),
    RunState.RUNNING: ("act", "progress", False),
    RunState.DONE: ("reg", "circle-check", False),
    RunState.INCOMPLETE: ("warn", "clock-exclamation", False),
    RunState.FAILED: ("late", "alert-circle", False),
    RunState.INTERRUPTED: ("late", "player-pause", False),
}
FINDING_BADGES = {
    FindingState.OPEN: ("sus", "equal-not", False),
    FindingState.GONE: ("", "circle-off", False),
    FindingState.BACK: ("sus", "rotate", False),
}
SEVERITY_BADGES = {
    Severity.LOW: ("", "chevron-down", True),
    Severity.MEDIUM: ("", "equal", True),
    Severity.HIGH: ("sus", "chevrons-up", False),
}
DECISION_BADGES = {
    Decision.DISMISSED: ("", "circle-off", False),
    Decision.DEFERRED: ("", "zzz", False),
    Decision.PROMOTED: ("act", "folder", False),
    Decision.ATTACHED: ("", "arrow-merge", False),
}
SEEN_WORDS = {
    Seen.NEW: _("seen for the first time"),
    Seen.SAME: _("seen again"),
    Seen.GONE: _("no longer seen"),
    Seen.BACK: _("back after it was gone"),
}
EVERY_WORDS = {"day": _("every day"), "week": _("every week"), "month": _("every month")}


def run_badge(state: str) -> Badge:
    return _badge(RUN_BADGES[RunState(state)], RunState(state).label)


def finding_badge(state: str) -> Badge:
    return _badge(FINDING_BADGES[FindingState(state)], FindingState(state).label)


def severity_badge(severity: str) -> Badge:
    return _badge(SEVERITY_BADGES[Severity(severity)], Severity(severity).label)


def decision_badge(decision: str) -> Badge | None:
    if not decision:
        return None
    return _badge(DECISION_BADGES[Decision(decision)], Decision(decision).label)


def _badge(look: tuple[Any, str, bool], word: Any) -> Badge:
    tone, icon, line = look
    return Badge(word, tone=tone, icon=icon, line=line)


def precision_words(right: int, n: int, low: float, high: float) -> str:
    """ "3 of 4 (75 %, 95 % interval 19–99 %)"; never a percentage without n. Bounds 0 to 100."""
    if not n:
        return gettext("none checked yet")
    return gettext("%(right)s of %(n)s (%(share)s %%, 95 %% interval %(low)s–%(high)s %%)") % {
        "right": number(right),
        "n": number(n),
        "share": number(100 * right / n),
        "low": number(low),
        "high": number(high),
    }
