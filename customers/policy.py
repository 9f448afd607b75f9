"""What policy says of programs."""

# How often a plan is reviewed where no program says otherwise, in calendar days (12.7.8, examples; AMB-W11).
DEFAULT_REVIEW_DAYS = 90
