"""A case note about an assessment, such as one that was done elsewhere (12.7.5, Job Fit, step 3)."""

from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from careerplan.base.dates import in_text
from customers.enums import NoteCategory, NoteMatter
from customers.models import Assessment
from customers.notes.matters import Beginning, Matter, MatterKind


def assessments_of(customer: int) -> QuerySet[Assessment]:
    rows: QuerySet[Assessment] = Assessment.objects.filter(customer=customer).select_related("area")
    return rows


def begin(assessment: Assessment, _on: date) -> Beginning:
    told = [
        (_("Result"), assessment.result_in_words),
        (_("Assessment date"), in_text(assessment.assessed_on)),
        (_("Assessed by"), assessment.assessed_by),
        (_("Type"), assessment.get_kind_display()),
        (_("Category"), assessment.get_category_display()),
    ]
    return Beginning(
        subject=_("Assessment: %(name)s") % {"name": assessment.name},
        text="\n".join(f"{label}: {value}" for label, value in told if value),
        category=NoteCategory.ASSESSMENT,
        about=Matter(NoteMatter.ASSESSMENT.value, assessment.pk),
    )


ASSESSMENTS = MatterKind(
    kind=NoteMatter.ASSESSMENT,
    rows=assessments_of,
    page=lambda customer, key: reverse("customers:assessment-edit", args=[customer, key]),
    begin=begin,
)
