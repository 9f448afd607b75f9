"""The pages of placements: of one, and of the customers who may be added to a job."""
