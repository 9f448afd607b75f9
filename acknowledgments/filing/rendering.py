"""The paper of a version in the customer's language and in plain words, as it is filed and as it is printed."""

from dataclasses import replace
from datetime import date
from functools import partial

from django.conf import settings
from django.utils import translation

from acknowledgments.agreement.in_force import agreed_before
from acknowledgments.contents.items import PlanContents
from acknowledgments.models import Acknowledgment, Seal
from acknowledgments.paper.first_page import FirstPage
from acknowledgments.paper.pdf import paper_pdf
from acknowledgments.paper.plain import both_in_plain_words, in_plain_words
from acknowledgments.paper.renderer import renderer
from careerplan.plans.models import PlanVersion


def paper_of(
    version: PlanVersion,
    contents: PlanContents,
    *,
    printed_on: date,
    seal: Seal | None = None,
    acknowledgment: Acknowledgment | None = None,
    first_page: FirstPage | None = None,
    seconds: float | None = None,
) -> bytes:
    """The PDF of these contents, with what changed since the customer last agreed, and what was talked about.

    `first_page`: of a customer's copy, which is in the customer's language of today. `seconds`: how long it may take,
    where somebody waits for it.

    Raises:
        TooLong: the plan has more rows than a worker can print in its time.
        RenderingFailed: it could not be printed, or not in its time.
    """
    language = (first_page.contents if first_page else contents).about.language
    language = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    before = agreed_before(version)
    with translation.override(language):
        agreed, contents = both_in_plain_words(before, contents)
        if first_page:
            first_page = replace(first_page, contents=in_plain_words(first_page.contents))
        return paper_pdf(
            contents,
            language=language,
            printed_on=printed_on,
            seal=seal,
            large_print=version.plan.customer.large_print,
            acknowledgment=acknowledgment,
            agreed=agreed,
            talked_about=version if acknowledgment else None,
            first_page=first_page,
            typeset=partial(renderer.typeset, seconds=seconds),
        )
