"""Words in three languages: extraction, checking and compiling of the apps' catalogues."""
