"""Addresses of tips, leads and cases."""
