"""Production's settings for the load benchmark; the files that browsers fetch are collected beside its other files."""

from careerplan.settings import *  # noqa: F403
from careerplan.settings import VAR_DIR

STATIC_ROOT = VAR_DIR / "static"
