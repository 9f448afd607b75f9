"""The demo people of the trial and of the tests: who they are (`cast`), how they come about (`build`, `many`)."""
