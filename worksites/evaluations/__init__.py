"""What a worksite's supervisor is asked by a link: to rate how it goes there, and to confirm the hours of a period."""
