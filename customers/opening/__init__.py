"""Opens a file before it is taken into a record, one module a container: a library reads it, and what it finds decides."""
