"""What is said of a row of payroll that can't be, by code: what is wrong, and what to do next."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from careerplan.accounts.models import User
from careerplan.base.dates import in_text
from careerplan.base.readable import dollars
from careerplan.imports.kinds import Fault
from worksites.payroll.models import PayrollEntry
from worksites.payroll.withdrawing import withdraw_first

SENTENCES = {
    # a cell by itself
    "formula": _("This cell has a formula. Write what it comes to."),
    "no-placement": _("Write the placement ID. It stands on the placement's page, and in the file to fill in."),
    "no-number": _("A placement ID is a number. It stands on the placement's page, and in the file to fill in."),
    "no-day": _("Write the day, or choose a pay period for all rows above the columns."),
    "no-hours": _("Write the hours, or leave this row out."),
    "no-wage": _("Write the hourly wage."),
    # whose it is
    "unknown": _("None of your customers has a placement of this ID."),
    "other-person": _("This placement is another customer's. Correct the placement ID, or the person."),
    "not-in-this-worksite": _(
        "This customer is not in this worksite. The placement is at %(worksite)s. Correct the one or the other."
    ),
    # its days
    "ends-before": _("The period ends before it begins. Correct one of the two days."),
    "too-long": _("This period has more than %(days)s days. Make a row of each pay period."),
    "to-come": _("This period has not ended yet. Bring its payroll when it has."),
    "not-started": _("This placement has not started. Record its start first, or leave this row out."),
    "before-the-start": _("The placement started on %(day)s. Correct the day, or the placement's start."),
    "after-the-end": _("The end date of the placement is %(day)s. Correct the day, or the placement's end."),
    "on-hold": _("The placement was on hold in all of this period. Correct the period, or the days of the hold."),
    "wage-changes": _("The placement's wage changes on %(day)s. Make two rows: one until the day before, one from it."),
    "funding-changes": _(
        "The funding of the service changes on %(day)s. Make two rows: one until the day before, one from it."
    ),
    "subsidy-changes": _("The subsidy begins or ends within this period. Make two rows: one until %(day)s, one after."),
    "paid": _("Payroll of this placement stands already from %(first)s until %(last)s."),
    # its hours and amounts
    "too-many-hours": ngettext_lazy(
        "This is more than 24 hours a day: %(days)d day of work lies in this period.",
        "This is more than 24 hours a day: %(days)d days of work lie in this period.",
        "days",
    ),
    "too-many-together": ngettext_lazy(
        "With this customer's hours in other placements these are %(hours)s hours, and the periods have %(days)d day "
        "together: more than 24 hours a day. Correct the hours, or leave a row out.",
        "With this customer's hours in other placements these are %(hours)s hours, and the periods have %(days)d days "
        "together: more than 24 hours a day. Correct the hours, or leave a row out.",
        "days",
    ),
    "overtime": _(
        "This is more than one and a half times the job's %(weekly)s hours a week. Correct the hours here, or those of "
        "the job first."
    ),
    "below-the-wage": _("The placement's wage is %(wage)s an hour. Correct it here, or the placement's wage first."),
    "far-above-the-wage": _(
        "The placement's wage is %(wage)s an hour, and this is more than one and a half times as much. Correct it "
        "here, or the placement's wage first."
    ),
    "below-the-minimum": _("The minimum wage is %(rate)s an hour from %(day)s (%(place)s). Less can't be paid."),
    "minimum-rises": _(
        "The minimum wage is %(rate)s an hour from %(day)s (%(place)s). Make two rows: one until the day before, one "
        "from it with that wage."
    ),
    "gross": _("%(hours)s hours at %(wage)s come to %(gross)s. Correct one of the three."),
    "more-than-gross": _("More can't be subsidized than was paid: %(gross)s."),
    "subsidized": _("%(hours)s hours at the subsidized wage of %(wage)s come to %(subsidized)s. Correct one of them."),
    "outside-the-subsidy": _("The placement is not subsidized in this period. Write 0, or correct its subsidy dates."),
}


def fault(name: str, code: str, **words: Any) -> Fault:
    """At a cell; days and amounts among the words are written in each language."""
    return Fault.of(name, code, lambda: said(code, words))


def fault_of_paid(entry: PayrollEntry, person: User) -> Fault:
    code = "paid-already" if entry.upload.is_seen_by(person) else "paid-by-another"
    words = {"first": entry.begins_on, "last": entry.ends_on}
    return Fault.of("begins_on", code, lambda: withdraw_first(said("paid", words), entry.upload, by=person))


def said(code: str, words: Mapping[str, Any]) -> str:
    return str(SENTENCES[code] % {key: told(value) for key, value in words.items()})


def told(value: Any) -> Any:
    if isinstance(value, date):
        return in_text(value)
    return dollars(str(value)) if isinstance(value, Decimal) else value
