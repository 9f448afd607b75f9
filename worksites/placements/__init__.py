"""A placement: a customer's job at a worksite under a work-experience service of the plan (ILL-123 to ILL-155).

One record, seen from the plan and from the worksite (ILL-124). Modules in order: `policy` (days, pure), `models`,
`moves` (the table of statuses), `days`, `holds`, `locking`, `paying`, `correcting`, `adding`, `moving`, `merging` (of
two records of a customer), `reading`, `beside` and `own` (for the pages of the plan and the customer's own), `placing`
(what the planned service asks), `forms`, `views`.
"""
