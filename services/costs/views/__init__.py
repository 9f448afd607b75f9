"""The pages of costs: `customer` (the lines, and what becomes of them), `budgets` (what is left, and files)."""
