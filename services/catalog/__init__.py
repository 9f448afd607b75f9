"""The catalog of services: what stands how in a customer's plan, in which order, and how administrators keep it."""
