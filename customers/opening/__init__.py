"""Opens a file before it is taken into a record: a library reads it, and what it finds decides. A module a kind."""
