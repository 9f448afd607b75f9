"""What services cost: lines of costs by funding source, and the budgets of regions that they are paid from (ILL-005).

A line is planned, then obligated (promised, so that the money is spoken for), then paid; none is ever deleted. A budget
is of one funding source, one region and one program year. What is left of it is counted by the database, each time, and
never kept. Modules in order: `enums`, `policy`, `models`, `budgets` (what is left, and whether there is room),
`actions`, `reading` (sums), `forms`, `views`.
"""
