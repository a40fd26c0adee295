"""The lake of readings: Parquet by month and region, sorted by meter and time; no database here.

A file counts only once the catalogue (in PostgreSQL, ``grid.models.LakeFile``) names it. Files
are written aside, flushed, and moved into place first; the catalogue row comes last. What a
killed import left lies outside the catalogue, is never read, and is swept away.
"""
