"""The outlook under /api/v1/: read only."""
