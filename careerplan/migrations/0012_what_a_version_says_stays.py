"""The next review, the sending, the end without agreement and the deletion of a version are said once, as it moves."""

from django.db import migrations

from careerplan.base.database import allow, changed_again, differs, refuse

VERSIONS = "plans_planversion"
SENT = ("sent_at", "sent_by_id")
DELETED = ("deleted_at", "deleted_reason")
SENDING_OR_RECALL = "(OLD.state, NEW.state) IN (VALUES ('draft', 'awaiting'), ('awaiting', 'draft'))"

# Name: the columns, and when they are not to change.
KEPT = {
    "a_version_keeps_its_next_review": (("next_review_on",), changed_again("next_review_on")),
    "a_version_keeps_its_last_case_note": (("not_completed_note_id",), changed_again("not_completed_note_id")),
    "a_version_was_sent_as_it_says": (SENT, f"{differs(*SENT)} AND NOT ({SENDING_OR_RECALL})"),
    "a_version_was_deleted_as_it_says": (DELETED, f"{differs(*DELETED)} AND OLD.state = NEW.state"),
}


def guard(apps, schema_editor):
    for name, (columns, when) in KEPT.items():
        refuse(schema_editor, VERSIONS, name, moment="UPDATE", of=columns, when=when)


def lift(apps, schema_editor):
    for name in KEPT:
        allow(schema_editor, VERSIONS, name)


class Migration(migrations.Migration):
    dependencies = [("careerplan", "0011_permission_comes_from_a_version_in_force")]
    operations = [migrations.RunPython(guard, lift)]
