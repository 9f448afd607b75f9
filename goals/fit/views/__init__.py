"""Pages of the job fit review: the planner's, the customer's own, and what they share."""
