"""Pages of the registry: for officials, and the public register."""
