"""Photos and files that show that an action step is done."""
