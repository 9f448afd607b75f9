"""The pages that show every app at once, and those that stand beside every app."""
