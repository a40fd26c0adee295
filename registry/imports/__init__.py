"""Files as drafts: what a row of each kind of file means, before the registry is asked."""
