"""`/api/v1/imports/`: files that suppliers send without a browser."""
