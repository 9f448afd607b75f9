"""From status to status: a planned service starts, holds, is complete, is never provided, or ends early.

Each move asks for what it demands and for nothing else; `kinds` says which moves there are, `ready` what a start still
needs, `forms` and `views` are their pages. They all write through `services.actions.save_service`.
"""
