"""Goal ideas that a planner starts from and changes."""
