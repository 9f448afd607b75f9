"""From when on something is out of bounds."""

from datetime import timedelta

# How long a probe waits for the database or the queue.
PROBE_SECONDS = 2
MAIL_SERVER_SECONDS = 5

# A beat is due each minute; a worker that is busy with long papers is late.
LAST_BEAT = timedelta(minutes=5)
# An e-mail that a mail server puts off is tried again after minutes, then hours.
OLDEST_EMAIL = timedelta(hours=1)
# A paper takes seconds, and is tried five times within an hour and a half.
OLDEST_PAPER = timedelta(minutes=15)
# So many that failed three times (seven minutes) or more, and half of all that wait: it is no fault of theirs.
EMAILS_THAT_FAIL, TRIES_OF_EACH = 5, 3
# A wrong address now and then is normal, and the planners are told of each.
EMAILS_GIVEN_UP_A_DAY = 20
CLOCKS_APART = timedelta(seconds=5)
FREE_BYTES = 1024**3

# Of the same thing an alarm is sent again after this.
BETWEEN_ALARMS = timedelta(hours=1)
# What is typed and not saved, and the forms that were saved, are cleared away in so many rows at a time.
ROWS_AT_A_TIME = 1_000
