"""The kinds of files that the registry takes in, one module each (see ``intake.catalogue``)."""
