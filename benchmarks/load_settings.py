"""Production's settings for the load benchmark; the files that browsers fetch are collected for the run."""

import os
from pathlib import Path

from careerplan.settings import *  # noqa: F403

STATIC_ROOT = Path(os.environ["COLLECTED"])
