"""Reads of the imports: samples, error files, previews."""
