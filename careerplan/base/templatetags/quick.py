"""Django's `url` and `date`, quicker where a page writes many of them: in the rows of a table, and in every frame.

An address whose arguments are keys of rows is its pattern, read once, with the keys in it. A day has one text in a
language. Both are true as long as the process lives, and what they don't know Django's own do.
"""

from datetime import date
from functools import cache, lru_cache
from typing import Any

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaultfilters import date as date_filter
from django.template.defaulttags import URLNode, url
from django.urls import URLResolver, get_resolver, get_script_prefix, get_urlconf, reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

# No row has such a key, and each place of an address takes it: 16 digits of the 18 (base/addresses.py).
MARK = 9_100_000_000_000_000
DAYS_KNOWN = 4096
SITE = "the addresses of this rendering"


@cache  # as many as there are names of addresses, in each space from which they are asked
def pattern(_resolver: URLResolver, prefix: str, space: str | None, name: str, keys: int) -> str:
    """The address with `{}` for each key; of pages that stand in several spaces, the one in this. Raises
    NoReverseMatch."""
    marks = [MARK + number for number in range(keys)]
    address = reverse(name, args=marks, current_app=space).replace("{", "{{").replace("}", "}}")
    for mark in marks:
        address = address.replace(str(mark), "{}")
    return address


def site_of(context: Context) -> tuple[URLResolver, str, str | None]:
    """What an address depends on beside its name, asked once a rendering."""
    kept: Any = context.render_context
    if SITE not in kept:
        kept[SITE] = (get_resolver(get_urlconf()), get_script_prefix(), space_of(context))
    site: tuple[URLResolver, str, str | None] = kept[SITE]
    return site


def space_of(context: Context) -> str | None:
    """In which space of addresses the page stands, as Django's own tag asks it."""
    request = getattr(context, "request", None)
    match = getattr(request, "resolver_match", None)
    return getattr(request, "current_app", None) or getattr(match, "namespace", None)


class AddressNode(URLNode):
    def render(self, context: Context) -> Any:
        if self.kwargs or self.asvar:
            return super().render(context)
        name, keys = self.view_name.resolve(context), [argument.resolve(context) for argument in self.args]
        if all(type(key) is int for key in keys):
            # Numbers and a pattern: there is nothing to escape.
            return SafeString(pattern(*site_of(context), name, len(keys)).format(*keys))
        return super().render(context)


@register.tag("url")
def address(parser: Parser, token: Token) -> AddressNode:
    node = url(parser, token)
    return AddressNode(node.view_name, node.args, node.kwargs, node.asvar)


@lru_cache(maxsize=DAYS_KNOWN)
def day_in_words(day: date, form: str | None, _language: str | None) -> str:
    return str(date_filter(day, form))


@register.filter("date", expects_localtime=True, is_safe=False)
def date_in_words(value: Any, form: str | None = None) -> str:
    """A moment, whose text depends on the clock of its reader, is Django's."""
    if type(value) is date:
        return day_in_words(value, form, get_language())
    return str(date_filter(value, form))
