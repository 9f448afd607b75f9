"""What every app stands on: refusals in words, history, form fields, paging. It knows no app."""
