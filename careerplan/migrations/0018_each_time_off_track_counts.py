"""Each time that a goal goes off track is counted, so that what was agreed to once doesn't pass for the next time.

A draft that is recovered brings its own time back, which was counted before.
"""

from django.db import migrations

from careerplan.base.database import allow, refuse

GOALS = "goals_goal"
COUNTED = "each_time_off_track_is_counted"

GOES = "OLD.status <> 'off_track' AND NEW.status = 'off_track'"
RECOVERED = """EXISTS (
  SELECT 1 FROM plans_planversion version JOIN plans_versionevent event ON event.version_id = version.id
  WHERE version.plan_id = NEW.plan_id AND version.state = 'draft' AND event.name = 'recover')"""


def guard(apps, schema_editor):
    comes_forth = f"NEW.times_off_track = OLD.times_off_track AND {RECOVERED}"
    uncounted = f"{GOES} AND NEW.times_off_track <> OLD.times_off_track + 1 AND NOT ({comes_forth})"
    when = f"NEW.times_off_track < OLD.times_off_track OR {uncounted}"
    refuse(schema_editor, GOALS, COUNTED, moment="UPDATE", of=["status", "times_off_track"], when=when)


def lift(apps, schema_editor):
    allow(schema_editor, GOALS, COUNTED)


class Migration(migrations.Migration):
    dependencies = [("careerplan", "0017_what_evidence_names_stays")]
    operations = [migrations.RunPython(guard, lift)]
