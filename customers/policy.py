"""What policy says of programs."""

# How often a plan is reviewed where no program says otherwise, in calendar days (12.7.8, examples; AMB-W11).
DEFAULT_REVIEW_DAYS = 90

# How many days after the last program a customer stays in the planners' daily list: follow-up services are given for
# twelve months after exit (WIOA, sections 129(c)(2)(I) and 134(c)(2)(A)(xiii)). The search finds everybody for ever.
DAYS_IN_DAILY_LIST = 366
