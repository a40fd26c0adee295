"""The picture of a day; the power balance, what was forecast of it, and mining seen from above."""

from outlook.models.balance import BalanceFigure, Break, FeeReceipt, Forecast, HashRateMonth, Series
from outlook.models.picture import Picture

__all__ = [
    "GUARDED",
    "BalanceFigure",
    "Break",
    "FeeReceipt",
    "Forecast",
    "HashRateMonth",
    "Picture",
    "Series",
]

GUARDED = (BalanceFigure, Break, FeeReceipt, HashRateMonth, Series)
"""Rows that change by two persons; a forecast never changes, a later one stands beside it."""
