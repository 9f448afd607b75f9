"""What other systems call the services of the catalog: a table that an administrator keeps."""
