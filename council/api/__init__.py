"""Proposals under /api/v1/: drafted, discussed and voted on as on the pages."""
