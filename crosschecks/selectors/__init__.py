"""Reads of the cross-checks; import the module that you need."""
