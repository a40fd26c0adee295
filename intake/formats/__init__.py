"""Files as blocks of typed columns: decoding, reading and judging cells; no database, no Django."""
