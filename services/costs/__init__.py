"""What services cost: lines of costs by funding source, and the budgets of regions that they are paid from (ILL-005).

A line is planned, then obligated (promised, so that the money is spoken for), then paid; none is ever deleted. A budget
is of one funding source, one region and one program year. What is left of it is counted by the database, each time, and
never kept. To whom support was paid, when and by which voucher is said here and nowhere else: its limits
(services/limits) count these lines. Modules in order: `enums`, `policy`, `models`, `budgets` (what is left, and whether
there is room), `actions`, `payments` (what is paid at once), `reading` (sums), `forms`, `views`.
"""
