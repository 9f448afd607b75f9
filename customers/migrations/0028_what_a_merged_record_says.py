"""A merged record is found from the one that goes on, says why it was merged, and is in nobody's caseload."""

from django.db import migrations, models

from careerplan.base.altering import AddConstraintBeside, AddIndexBeside


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("customers", "0027_merged_records")]
    operations = [
        AddIndexBeside(
            model_name='customer',
            index=models.Index(condition=models.Q(('merged_into__isnull', False)), fields=['merged_into'], name='customers_merged_into_others'),
        ),
        AddConstraintBeside(
            model_name='customer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('merge_reason', ''), ('merged_at', None), ('merged_by', None), ('merged_into', None)), models.Q(('merged_at__isnull', False), ('merged_by__isnull', False), ('merged_into__isnull', False), models.Q(('merge_reason', ''), _negated=True)), _connector='OR'), name='a_merged_record_says_when_by_whom_and_why'),
        ),
        AddConstraintBeside(
            model_name='customer',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', None), models.Q(('merged_into', models.F('id')), _negated=True), _connector='OR'), name='a_record_is_not_merged_into_itself'),
        ),
        AddConstraintBeside(
            model_name='customer',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', None), models.Q(('in_daily_list', False), ('planner', None)), _connector='OR'), name='a_merged_record_is_in_nobodys_caseload'),
        ),
    ]
