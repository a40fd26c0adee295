"""Benchmarks: each module is a program, `make bench` runs them all."""
