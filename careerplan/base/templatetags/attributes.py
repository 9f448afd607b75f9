"""What stands in the tag of a field, for the templates of Django's widgets (templates/django/forms/widgets).

Django's own go through the attributes by tags, one template for each field and each option: half of what a form costs.
"""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def attributes(values: Mapping[str, Any]) -> SafeString:
    """By name, as Django writes them: True is the name alone, and False nothing."""
    shown = [
        f" {name}" if value is True else f' {name}="{conditional_escape(value)}"'
        for name, value in values.items()
        if value is not False
    ]
    return SafeString("".join(shown))
