"""What a score, and a pair of tests, must be before an assessment is written (ILL-069, ILL-070)."""

from decimal import Decimal

from django.utils.translation import gettext as _

from careerplan.base.dates import in_text
from careerplan.base.fields import written
from careerplan.base.refusals import Refusal
from customers.models import Assessment, AssessmentArea
from customers.outside.policy import is_on_step


def refuse_unfit(assessment: Assessment) -> None:
    """Raises Refusal, at its field and with the scale in words: see `refuse_off_scale` and `refuse_no_pair`."""
    refuse_off_scale(assessment)
    refuse_no_pair(assessment)
    refuse_leaving_pair(assessment)


def refuse_off_scale(assessment: Assessment) -> None:
    """Raises Refusal: a score without its area, of an area of another type, or none that the area's scale has."""
    area: AssessmentArea | None = assessment.area
    score: Decimal | None = assessment.score
    if area is None:
        if score is not None:
            raise Refusal("score-without-area", _("Choose the area, so that the score has a scale."), field="area")
        return
    if area.assessment_type_id != assessment.assessment_type_id:
        raise Refusal("area-of-another-type", _("This area is of another assessment. Choose again."), field="area")
    if score is None:
        return
    if not area.lowest <= score <= area.highest:
        sentence = _("Enter a score from %(lowest)s to %(highest)s: %(area)s has that scale.")
        scale = {"lowest": written(area.lowest), "highest": written(area.highest), "area": area.name}
        raise Refusal("score-off-scale", sentence % scale, field="score")
    if not is_on_step(score, lowest=area.lowest, step=area.step):
        sentence = _("Check the score: from %(lowest)s on, the scale goes up by %(step)s.")
        scale = {"lowest": written(area.lowest), "step": written(area.step)}
        raise Refusal("score-between-steps", sentence % scale, field="score")


def refuse_no_pair(assessment: Assessment) -> None:
    """Raises Refusal: what is named as the pre-test is none of this post-test."""
    if assessment.pre_test_id is None:
        return
    pre: Assessment = Assessment.objects.select_for_update(of=("self",)).get(pk=assessment.pre_test_id)
    if assessment.score is None:
        raise Refusal("post-test-without-score", _("Enter the score, so that the gain can be counted."), field="score")
    if pre.customer_id != assessment.customer_id or pre.area_id != assessment.area_id or pre.score is None:
        sentence = _("Choose a pre-test of the same assessment and area, with a score.")
        raise Refusal("not-a-pair", sentence, field="pre_test")
    if pre.assessed_on >= assessment.assessed_on:
        sentence = _("The pre-test is of %(day)s. The post-test comes on a later day.")
        raise Refusal("post-before-pre", sentence % {"day": in_text(pre.assessed_on)}, field="assessed_on")


def refuse_leaving_pair(assessment: Assessment) -> None:
    """Raises Refusal: this is the pre-test of others, and would be none of theirs any more."""
    if assessment._state.adding:
        return
    for post in assessment.post_tests.select_for_update(of=("self",)).order_by("assessed_on", "id"):
        same = post.area_id == assessment.area_id and assessment.score is not None
        if not same or assessment.assessed_on >= post.assessed_on:
            sentence = _(
                "The test of %(day)s counts its gain from this one, which needs the same area, a score and an earlier "
                "day. Change that test first."
            )
            raise Refusal("leaves-its-post-test", sentence % {"day": in_text(post.assessed_on)})
