"""Kinds of files of the grid that are no readings."""
