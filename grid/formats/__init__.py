"""Reading files as suppliers send them, turned into checked Arrow tables; no database."""
