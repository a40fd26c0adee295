"""What the matching benchmark runs beside each other; each in a process of its own."""
