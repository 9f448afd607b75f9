"""What is said once and read by people of several languages, long after what it tells of has changed."""

from collections.abc import Callable, Mapping

from django.conf import settings
from django.utils import translation

from careerplan.base.spoken import language_now


def in_every_language(say: Callable[[], str]) -> dict[str, str]:
    """What `say` says, by language."""
    said = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            said[language] = str(say())
    return said


def in_language_now(said: Mapping[str, str]) -> str:
    """In the language in force; "" where it was not said in it."""
    return said.get(language_now(), "")
