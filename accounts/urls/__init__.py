"""Addresses: a person's own pages, and the people of a body."""
