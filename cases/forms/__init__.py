"""What people fill in, and for each move which action it becomes."""
