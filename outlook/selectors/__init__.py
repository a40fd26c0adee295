"""Reads of the outlook: the picture of today, the balance of the years."""

from outlook.selectors.picture import GroupPicture, LeadPath, RegionPicture, picture

__all__ = ["GroupPicture", "LeadPath", "RegionPicture", "picture"]
