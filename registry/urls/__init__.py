"""Addresses of the registry: for officials, and for everyone."""
