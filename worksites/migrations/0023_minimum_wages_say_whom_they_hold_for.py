"""A minimum wage holds for somebody known, beside people at work."""

from django.db import migrations, models

from careerplan.base.altering import AddConstraintBeside


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("worksites", "0022_minimum_wages_of_programs_stay")]
    operations = [
        AddConstraintBeside(
            model_name='minimumwage',
            constraint=models.CheckConstraint(condition=models.Q(('holds_for__in', ['everybody', 'age', 'few_hours', 'youth_program', 'city_contract', 'nobody'])), name='a_minimum_wage_holds_for_somebody_known'),
        ),
        AddConstraintBeside(
            model_name='minimumwage',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('holds_for', 'nobody'), _negated=True), ('usable_for_placement', False), _connector='OR'), name='a_minimum_wage_for_no_placement_is_no_floor', violation_error_message="A rate that holds for no placement can't be a placement's floor."),
        ),
        AddConstraintBeside(
            model_name='minimumwage',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('holds_for__in', ('age', 'few_hours', 'youth_program')), ('under_age__gte', 1), ('under_age__isnull', False)), models.Q(models.Q(('holds_for__in', ('age', 'few_hours', 'youth_program')), _negated=True), ('under_age', None)), _connector='OR'), name='a_minimum_wage_for_youth_says_below_which_age', violation_error_message='Enter the age of a rate for youth, and of no other.'),
        ),
        AddConstraintBeside(
            model_name='minimumwage',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('employees_from', None), ('employees_to', None)), models.Q(('employees_from__gte', 1), ('employees_to', None)), models.Q(('employees_from', None), ('employees_to__gte', 1)), models.Q(('employees_from__gte', 1), ('employees_to__gte', models.F('employees_from'))), _connector='OR'), name='employees_of_a_minimum_wage_can_be', violation_error_message='The larger number of employees comes second.'),
        ),
    ]
