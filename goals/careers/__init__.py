"""Career goals and the desired career path, and what stands beside them (12.7.5, Goals; ILL-040 to ILL-044).

`roles` says what each role means; `exploring` and `wages` ask floors above what they know; `same`, `paths` are actions
and what is read of them; `showing` makes what the pages show.
"""
