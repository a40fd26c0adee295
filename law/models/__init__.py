"""Acts and statements, regimes and figures, terms and the working calendar."""

from django.db.models import Model

from law.models.acts import Act, Body, Competence, Norm, Position
from law.models.figures import FeeRate, MonthlyIndex, Regime, SaleQuota
from law.models.terms import CalendarYear, MovedDay, Term

__all__ = [
    "GUARDED",
    "Act",
    "Body",
    "CalendarYear",
    "Competence",
    "FeeRate",
    "MonthlyIndex",
    "MovedDay",
    "Norm",
    "Position",
    "Regime",
    "SaleQuota",
    "Term",
]

GUARDED: tuple[type[Model], ...] = (
    *(Act, Norm, Position, Competence, Regime),
    *(FeeRate, SaleQuota, MonthlyIndex),
    *(Term, CalendarYear, MovedDay),
)
"""Every row of these changes by two persons."""
