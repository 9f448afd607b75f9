"""Pages of agreement: for staff, for the customer, among staff; versions and papers."""
