"""The lists of leads, cases and own tips."""
