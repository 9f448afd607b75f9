"""Attendance: the hours of a planned service that is under way, by day or by week (ILL-112, ILL-114, ILL-115).

It is recorded freely, without a new version of the plan: neither what is agreed to nor the paper has a place for it.
Modules in order: `enums`, `policy`, `models`, `guards`, `keeping` (what a change of the service asks), `actions`,
`reading` (a service's weeks), `courses` (a class: services under way in one training program), `pasting`, `forms`,
`views`.
"""
