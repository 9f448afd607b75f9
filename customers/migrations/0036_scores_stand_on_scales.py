"""A score stands on a scale of its type, and a post-test has one; what is asked of scores has its indexes."""

from django.db import migrations, models

from careerplan.base.altering import AddConstraintBeside, AddIndexBeside


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("customers", "0035_scales_of_assessments")]
    operations = [
        AddIndexBeside(
            model_name='assessment',
            index=models.Index(condition=models.Q(('area__isnull', False)), fields=['area'], name='assessments_on_a_scale'),
        ),
        AddIndexBeside(
            model_name='assessment',
            index=models.Index(condition=models.Q(('pre_test__isnull', False)), fields=['pre_test'], name='post_tests_of_a_pre_test'),
        ),
        AddConstraintBeside(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(('score__isnull', True), ('area__isnull', False), _connector='OR'), name='a_score_stands_on_a_scale'),
        ),
        AddConstraintBeside(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(('area__isnull', True), ('assessment_type__isnull', False), _connector='OR'), name='an_area_comes_with_its_type'),
        ),
        AddConstraintBeside(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(('pre_test__isnull', True), ('score__isnull', False), _connector='OR'), name='a_post_test_has_a_score'),
        ),
    ]
