"""Cursor pages: `next`, `previous`, `results`; stable while rows are being added."""

from rest_framework.pagination import CursorPagination


class CursorPages(CursorPagination):
    """50 rows a page, up to 500 by ``page_size``; ordered by the newest unless the view says."""

    page_size = 50
    max_page_size = 500
    page_size_query_param = "page_size"
    ordering = "-pk"
