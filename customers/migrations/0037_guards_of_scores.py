"""What one row can't say of itself: a score lies on its scale, a post-test follows a pre-test of the same customer and
area, a result's file is the customer's own. What was said of scales is kept."""

from django.db import migrations

from careerplan.base.database import allow, keep_rows, refuse, release_rows

ASSESSMENTS, AREAS = "customers_assessment", "customers_assessmentarea"
HISTORY = ("customers_historicalassessmentarea", "customers_historicalassessmentlevel")

OFF_ITS_SCALE = """NEW.area_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM "customers_assessmentarea" area
  WHERE area.id = NEW.area_id AND area.assessment_type_id = NEW.assessment_type_id
  AND (NEW.score IS NULL OR (NEW.score >= area.lowest AND NEW.score <= area.highest)))"""
LOSES_SCORES = """EXISTS (
  SELECT 1 FROM "customers_assessment" taken WHERE taken.area_id = NEW.id
  AND (taken.assessment_type_id <> NEW.assessment_type_id OR taken.score < NEW.lowest OR taken.score > NEW.highest))"""


def is_pair(before, after):
    same = " AND ".join(f"{before}.{column} = {after}.{column}" for column in ("customer_id", "area_id"))
    return f"{same} AND {before}.assessed_on < {after}.assessed_on AND {before}.score IS NOT NULL"


WITHOUT_PRE_TEST = f"""NEW.pre_test_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM "customers_assessment" pre WHERE pre.id = NEW.pre_test_id AND {is_pair("pre", "NEW")})"""
LEAVES_POST_TEST = f"""EXISTS (
  SELECT 1 FROM "customers_assessment" post WHERE post.pre_test_id = NEW.id
  AND (NEW.area_id IS NULL OR NEW.score IS NULL OR NOT ({is_pair("NEW", "post")})))"""
OF_ANOTHER = """NEW.document_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM "customers_upload" file WHERE file.id = NEW.document_id AND file.customer_id = NEW.customer_id)"""

PAIRED = ["pre_test_id", "customer_id", "area_id", "assessed_on", "score"]
# Table, name, when it is refused, and which columns that is asked of.
GUARDS = (
    (ASSESSMENTS, "a_score_lies_on_its_scale", OFF_ITS_SCALE, ["assessment_type_id", "area_id", "score"]),
    (ASSESSMENTS, "a_post_test_follows_its_pre_test", WITHOUT_PRE_TEST, PAIRED),
    (ASSESSMENTS, "a_pre_test_stays_before_its_post_test", LEAVES_POST_TEST, PAIRED),
    (ASSESSMENTS, "a_file_of_a_result_is_its_customers", OF_ANOTHER, ["document_id", "customer_id"]),
    (AREAS, "a_scale_keeps_its_scores", LOSES_SCORES, ["assessment_type_id", "lowest", "highest"]),
)
# Of a row that is new, none of these can be.
OF_CHANGES_ALONE = {"a_pre_test_stays_before_its_post_test", "a_scale_keeps_its_scores"}


def guard(apps, schema_editor):
    for table, name, when, columns in GUARDS:
        if name not in OF_CHANGES_ALONE:
            refuse(schema_editor, table, name, moment="INSERT", when=when)
        refuse(schema_editor, table, name, moment="UPDATE", of=columns, when=when)
    for table in HISTORY:
        release_rows(schema_editor, table)  # a new installation may have kept it with all others
        keep_rows(schema_editor, table)


def lift(apps, schema_editor):
    for table, name, _when, _columns in GUARDS:
        allow(schema_editor, table, name)
    for table in HISTORY:
        release_rows(schema_editor, table)


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0036_scores_stand_on_scales"),
        ("careerplan", "0001_keep_history_rows"),
    ]
    operations = [migrations.RunPython(guard, lift)]
