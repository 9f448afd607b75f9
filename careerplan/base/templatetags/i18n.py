"""Django's tags of words (`{% load i18n %}`): `translate` looks what stands in a template up once a language.

The catalogs are read once a process, so that what was found is true as long as the template is kept. The language is
asked once a rendering: `language`, which would change it within one, is left out.
"""

from typing import Any

from django import template
from django.template.base import FilterExpression, Node, Parser, Token, Variable
from django.template.context import Context
from django.templatetags import i18n
from django.utils.translation import get_language

register = template.Library()
LANGUAGE = "the language of this rendering"
register.tags |= {name: tag for name, tag in i18n.register.tags.items() if name != "language"}
register.filters |= i18n.register.filters


def language_of(context: Context) -> str | None:
    """The language in force, as this rendering began."""
    kept: Any = context.render_context
    if LANGUAGE not in kept:
        kept[LANGUAGE] = get_language()
    language: str | None = kept[LANGUAGE]
    return language


class FixedWordsNode(Node):
    """Says what the node of Django says in each language."""

    child_nodelists = ()

    def __init__(self, node: i18n.TranslateNode):
        self.node = node
        self.known: dict[str | None, str] = {}

    def render(self, context: Context) -> Any:
        language = language_of(context)
        words = self.known.get(language)
        if words is None:
            words = self.known[language] = self.node.render(context)
        return words


def is_fixed(words: FilterExpression | None) -> bool:
    """Whether the words stand in the template, and no filter changes them."""
    return words is None or (isinstance(words.var, Variable) and words.var.lookups is None and not words.filters)


@register.tag("translate")
@register.tag("trans")
def translate(parser: Parser, token: Token) -> Node:
    node = i18n.do_translate(parser, token)
    fixed = not node.asvar and is_fixed(node.filter_expression) and is_fixed(node.message_context)
    return FixedWordsNode(node) if fixed else node
