"""The pages of placements: of one, of all of a customer, and of the customers who may be added to a job."""
