"""A service is completed when it left the plan as complete and for that reason, whatever the version in force says.

12.7.8, no acknowledgment (2): the removal says what its status was, and why it left.
"""

import pytest

from services.actions import save_service
from services.items import SERVICE
from tests import states
from tests.plans_in_force import asking, completed, decided_by, drop_service, iep, iss, service, who_and_when

pytestmark = pytest.mark.django_db

# The planned and the complete service of the version in force, what no list asks of, and what is asked.
EITHER = pytest.mark.parametrize(
    ("plan", "planned", "complete", "nobody", "asks"),
    [
        pytest.param(iep, "BC-JSST", "BC-INIT", "WIS-138", "AMB-W5", marks=pytest.mark.policy("WIS-138", "AMB-W5")),
        pytest.param(iss, "PP-SECE", "PP-YB", "WIS-169", "AMB-W7", marks=pytest.mark.policy("WIS-169", "AMB-W7")),
    ],
)


@EITHER
def test_what_was_completed_since_it_was_agreed_to_leaves_without_the_customer(plan, planned, complete, nobody, asks):
    draft = states.reviewed(plan())
    completed(service(draft, planned))
    drop_service(draft, planned, "completed")
    assert asking(draft) == []
    assert [row["statements"] for row in decided_by(draft) if row["what"] == SERVICE.name] == [[nobody]]


@EITHER
def test_what_leaves_for_another_reason_asks_though_it_was_complete(plan, planned, complete, nobody, asks):
    draft = states.reviewed(plan())
    drop_service(draft, complete, "unavailable")
    assert [rule.statements for rule in asking(draft)] == [(asks,)]


@EITHER
def test_what_was_completed_since_and_leaves_for_another_reason_asks(plan, planned, complete, nobody, asks):
    draft = states.reviewed(plan())
    completed(service(draft, planned))
    drop_service(draft, planned, "unavailable")
    assert [rule.statements for rule in asking(draft)] == [(asks,)]


@EITHER
def test_what_was_complete_and_goes_on_again_is_not_completed(plan, planned, complete, nobody, asks):
    draft = states.reviewed(plan())
    goes_on = {"status": "started", "ended_on": None}
    save_service(service(draft, complete), goes_on, **who_and_when(draft))
    drop_service(draft, complete, "not_wanted")
    assert [rule.statements for rule in asking(draft)] == [(asks,)]
