"""The demo people's pages open."""

import pytest

from careerplan.accounts.models import User
from customers.models import Customer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["", "plan/", "plan/goals/", "plan/services/", "plan/log/", "plan/agreement/"])
def test_a_planner_opens_the_pages_of_a_customer(client, people, path):
    client.force_login(User.objects.get(email="planner@careerplan.test"))
    david = Customer.objects.get(email="davidkruse@noemail1234.com")
    assert client.get(f"/customers/{david.pk}/{path}").status_code == 200
