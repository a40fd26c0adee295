"""The tables of leads, tips and cases."""

from cases.models.case import Case, Participation
from cases.models.citation import Citation
from cases.models.contradiction import ContradictingSource, Contradiction
from cases.models.evidence import Evidence
from cases.models.lead import Lead
from cases.models.lifting import Lifting
from cases.models.numbers import NumberSeries
from cases.models.tip import Tip, TipFile, TipReporter
from cases.models.work import Comment, Decision, OpinionRequest, Task

__all__ = [
    "Case",
    "Citation",
    "Comment",
    "ContradictingSource",
    "Contradiction",
    "Decision",
    "Evidence",
    "Lead",
    "Lifting",
    "NumberSeries",
    "OpinionRequest",
    "Participation",
    "Task",
    "Tip",
    "TipFile",
    "TipReporter",
]
