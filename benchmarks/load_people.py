"""Signs planners in, for the load benchmark: prints their cookies and some of their customers as JSON.

DATABASE_URL=... DJANGO_SETTINGS_MODULE=benchmarks.load_settings python -m benchmarks.load_people 64
"""

import json
import sys
from typing import Any

CUSTOMERS = 30  # of each planner


def main() -> None:
    import django

    django.setup()
    print(json.dumps([signed_in(person) for person in planners(int(sys.argv[1]))]))


def planners(count: int) -> list[Any]:
    """From all over the state."""
    from careerplan.accounts.enums import Role
    from careerplan.accounts.models import User

    rows = User.objects.filter(role=Role.PLANNER, is_active=True, scopes__office__isnull=False, caseload__isnull=False)
    keys = list(rows.order_by("pk").values_list("pk", flat=True).distinct())
    return list(User.objects.filter(pk__in=keys[:: max(1, len(keys) // count)][:count]))


def signed_in(person: Any) -> dict[str, Any]:
    from django.conf import settings
    from django.test import Client

    from customers.models import Customer

    client = Client()
    client.force_login(person)
    customers = Customer.objects.filter(planner=person, plans__isnull=False).distinct()
    return {
        "cookie": [settings.SESSION_COOKIE_NAME, client.cookies[settings.SESSION_COOKIE_NAME].value],
        "customers": list(customers.order_by("pk").values_list("pk", flat=True)[:CUSTOMERS]),
    }


if __name__ == "__main__":
    main()
