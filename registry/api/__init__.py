"""The registry under /api/v1/."""
