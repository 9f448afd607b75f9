"""What is said where payroll stands in the way of a change: who sees its upload withdraws it, everybody else asks who
brought it."""

from django.utils.translation import gettext as _

from careerplan.accounts.models import User
from careerplan.base.dates import day_of, in_text
from worksites.payroll.models import PayrollUpload


def withdraw_first(paid: str, upload: PayrollUpload, *, by: User) -> str:
    """`paid`: a sentence that says what was paid, and when; `by`: who would change it."""
    if upload.is_seen_by(by):
        sentence = _("It was brought in %(file)s on %(on)s. Withdraw that file first, or choose other days.")
    else:
        sentence = _(
            "It was brought in %(file)s by %(person)s on %(on)s. Ask %(person)s to withdraw it, or choose other days."
        )
    on = in_text(day_of(upload.uploaded_at))
    return f"{paid} {sentence % {'file': upload.file_name, 'person': upload.uploaded_by, 'on': on}}"
