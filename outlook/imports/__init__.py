"""Kinds of files of the outlook."""
