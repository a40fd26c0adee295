"""The API of tips, leads, cases and evidence."""
