"""By when the document of an agreement is due (12.7.6, note)."""

# Calendar days from the agreement; and in any case before exit.
EVIDENCE_DAYS = 30
