"""Follow-ups of a placement: 30, 60, 90, 180 and 270 days after its start (ILL-156 to ILL-160, AMB-I2)."""
