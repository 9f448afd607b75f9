"""The days of a placement go together also where one of them is missing, and what rests on a placement stays with it."""

from django.db import migrations, models
from django.db.models import F, Q

from worksites.placements.guards import keep_days_and_places, release_days_and_places

HOLD = (
    Q(inactive_on=None, returned_on=None)
    | Q(starts_on__isnull=False, inactive_on__isnull=False, inactive_on__gte=F("starts_on"))
    & (Q(returned_on=None) | Q(returned_on__gte=F("inactive_on")))
)
SUBSIDY = (
    Q(subsidy_starts_on=None, subsidy_ends_on=None)
    | Q(subsidy_starts_on__isnull=False)
    & (Q(subsidy_ends_on=None) | Q(subsidy_ends_on__gte=F("subsidy_starts_on")))
)
SUBSIDY_STARTS = Q(starts_on=None) | Q(subsidy_starts_on=None) | Q(subsidy_starts_on__gte=F("starts_on"))
ENDS_AFTER_ITS_HOLD = (
    ~Q(status="terminated")
    | (Q(inactive_on=None) | Q(ends_on__gte=F("inactive_on")))
    & (Q(returned_on=None) | Q(ends_on__gte=F("returned_on")))
)
PERIOD = (
    Q(kind="hours", begins_on__isnull=False, ends_on__isnull=False, ends_on__gte=F("begins_on"))
    | Q(kind="evaluation", begins_on=None, ends_on=None, hours_asked=None)
)
ANSWER = (
    Q(answered_at=None, answered_as="", ip_address=None, user_agent="")
    | Q(answered_at__isnull=False, answered_at__gte=F("made_at"), answered_at__lt=F("ends_at"))
    & Q(withdrawn_at=None, tries_left__gt=0)
    & ~Q(answered_as="")
)

FORMER = {
    "placement": ("a_hold_begins_after_the_start_and_ends_after_that", "a_subsidy_ends_after_it_starts"),
    "supervisorlink": ("hours_are_asked_of_a_period", "a_supervisor_answers_in_time_and_says_who"),
}
OF_PLACEMENTS = (
    ("a_hold_begins_after_the_start_and_ends_after_that", HOLD, "The return can't be before the inactive date."),
    ("a_subsidy_ends_after_it_starts", SUBSIDY, "The subsidy can't end before it starts."),
    (
        "a_subsidy_starts_with_the_placement_or_after", SUBSIDY_STARTS,
        "The subsidy can't start before the placement.",
    ),
)  # fmt: skip
OF_LINKS = (("hours_are_asked_of_a_period", PERIOD), ("a_supervisor_answers_in_time_and_says_who", ANSWER))


def keep(apps, schema_editor):
    keep_days_and_places(schema_editor)


def release(apps, schema_editor):
    release_days_and_places(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("worksites", "0044_minimum_wages_name_their_place")]

    operations = [
        *[migrations.RemoveConstraint(model, name) for model, names in FORMER.items() for name in names],
        *[
            migrations.AddConstraint(
                "placement", models.CheckConstraint(condition=condition, name=name, violation_error_message=sentence)
            )
            for name, condition, sentence in OF_PLACEMENTS
        ],
        migrations.AddConstraint(
            "placement",
            models.CheckConstraint(
                condition=ENDS_AFTER_ITS_HOLD, name="a_terminated_placement_ends_after_its_last_hold"
            ),
        ),
        *[
            migrations.AddConstraint("supervisorlink", models.CheckConstraint(condition=condition, name=name))
            for name, condition in OF_LINKS
        ],
        migrations.RunPython(keep, release),
    ]
