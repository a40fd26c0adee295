"""The law under /api/v1/: read only; rows change by two persons on the pages."""
