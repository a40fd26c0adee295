"""Invented data for a first look: everything enters by the same actions as real data would."""
