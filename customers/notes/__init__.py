"""Case notes: what they are about, what they begin with, and who changes them until when."""
