"""The job fit review: how comfortable the customer is with what the goal occupation asks for (12.7.5, Job Fit).

`rules` says when a review is asked for and what its answers say, and knows no database; `choosing` which tasks, skills
and knowledge it asks about; `actions` and `outside` change; `reading` reads; `views` are the pages.
"""
