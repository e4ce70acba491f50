"""The page of `gouji serve`: files in from a browser on the same machine, reports out; nothing is written to disk."""
