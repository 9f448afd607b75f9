"""A record of a feed stays its source's and its customer's; tokens are revoked, never deleted; histories stay."""

from django.db import migrations

from careerplan.base.database import allow, keep_rows, refuse, refuse_deletion, release_rows

HISTORIES = ("services_historicalfeedsource", "services_historicalfeedrecord")
KEPT = ("id", "source_id", "external_id", "customer_id", "received_at")
OF_ANOTHER = "a_record_of_a_feed_is_in_the_plan_of_its_customer"


def keep(apps, schema_editor):
    for history in HISTORIES:
        release_rows(schema_editor, history)  # a new installation may have kept it with all others
        keep_rows(schema_editor, history)
    keep_rows(schema_editor, "services_feedrecord", changeable=["row_version"], columns=KEPT)
    token = ("id", "source_id", "digest", "hint", "made_at", "made_by_id")
    keep_rows(schema_editor, "services_feedtoken", changeable=["revoked_at"], columns=token)
    refuse_deletion(schema_editor, "services_feedsource")
    refuse(schema_editor, "services_feedrecord", OF_ANOTHER, moment="UPDATE", when=customer_differs(), of=["planned_id"])


def customer_differs():
    plan = (
        "(SELECT plan.customer_id FROM services_plannedservice planned "
        "JOIN plans_employmentplan plan ON plan.id = planned.plan_id WHERE planned.id = NEW.planned_id)"
    )
    merged = "(SELECT c.merged_into_id FROM customers_customer c WHERE c.id = NEW.customer_id)"
    return f"NEW.planned_id IS NOT NULL AND {plan} <> NEW.customer_id AND {plan} IS DISTINCT FROM {merged}"


def release(apps, schema_editor):
    allow(schema_editor, "services_feedrecord", OF_ANOTHER)
    for table in (*HISTORIES, "services_feedrecord", "services_feedtoken", "services_feedsource"):
        release_rows(schema_editor, table)


class Migration(migrations.Migration):
    dependencies = [
        ("services", "0026_sources_and_records_of_feeds"),
        ("careerplan", "0001_keep_history_rows"),
    ]
    operations = [migrations.RunPython(keep, release)]
