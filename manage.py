#!/usr/bin/env python
"""Django's command line for CareerPlan."""

import os
import sys

from django.core.management import execute_from_command_line

from careerplan.environment import plainly

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerplan.settings")
    with plainly():
        execute_from_command_line(sys.argv)
