"""Screens of people: own pages, and who belongs to a body."""
