"""One mechanism for every list: columns, chips, search, sort, views, bulk acts, paging, drawer."""

from pages.lists.bulk import BulkAct, ReasonForm
from pages.lists.columns import Column
from pages.lists.page import ListPage
from pages.lists.views import Preset

__all__ = ["BulkAct", "Column", "ListPage", "Preset", "ReasonForm"]
