"""Indexes by which the digest of a day finds what else came to be on it."""

from django.db import migrations, models

from careerplan.base.altering import AddIndexBeside


def once_known(model, moment, name):
    """Of rows that have the moment: most never get it, or have it later."""
    has = models.Q((f"{moment}__isnull", False))
    return AddIndexBeside(model_name=model, index=models.Index(fields=[moment], condition=has, name=name))


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("acknowledgments", "0029_keep_the_digests_of_days")]
    operations = [
        once_known("seal", "voided_at", "voidings_by_time"),
        once_known("acknowledgmentrequest", "opened_at", "openings_by_time"),
        once_known("acknowledgmentrequest", "withdrawn_at", "withdrawals_by_time"),
        once_known("acknowledgmentrequest", "answered_at", "answers_by_time"),
        once_known("paper", "rendered_at", "papers_by_time"),
        AddIndexBeside(
            model_name="uncollectedagreement", index=models.Index(fields=["recorded_at"], name="uncollected_by_time")
        ),
    ]
