"""The planned services of a plan as a list: what is chosen in it, who answers for a line, and several at once.

`listing` says which lines are shown and what stands on each, `together` changes several of them, all or none; `forms`
and `views` are the pages that ask for it. Every line is written through `services.actions.save_service`.
"""
