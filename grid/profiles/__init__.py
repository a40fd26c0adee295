"""The mathematics of load: from a load curve to its profile, without a database."""
