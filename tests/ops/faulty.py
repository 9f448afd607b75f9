"""The product with a page that fails, for a gunicorn of the tests: `tests.ops.faulty:application`."""

from importlib import import_module

from django.contrib.auth.decorators import login_not_required
from django.urls import path

from careerplan.wsgi import application

__all__ = ["application"]


@login_not_required
def fail(request):
    """As a fault in an action would: a row that is there already, named by PostgreSQL with its values."""
    from careerplan.accounts.models import User

    taken = User.objects.get(username="planner")
    User.objects.create(username=taken.username, email="maria.lopez@example.test", first_name="Maria")


# Read once Django is set up, which the application does.
import_module("careerplan.urls").urlpatterns.append(path("fault/<str:name>/", fail))
