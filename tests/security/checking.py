"""`manage.py verify`, as tests read it."""

import io

from django.core.management import CommandError, call_command


def verify(*options):
    """What it prints, line by line; whether it ends well."""
    out, well = io.StringIO(), True
    try:
        call_command("verify", *options, stdout=out)
    except CommandError:
        well = False
    return out.getvalue().splitlines(), well


def named(*options):
    """The one thing that is wrong."""
    lines, well = verify(*options)
    assert not well
    assert len(lines) == 1, lines
    return lines[0]
