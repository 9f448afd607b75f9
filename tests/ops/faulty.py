"""The product with a page that fails, for a gunicorn of the tests: `tests.ops.faulty:application`."""

from importlib import import_module

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from careerplan.wsgi import application

__all__ = ["application"]


@csrf_exempt
@login_not_required
def fail(request, name):
    """As a fault in an action would: a row that the database refuses, and shows with its values."""
    from careerplan.accounts.models import User

    typed = request.POST["note"]
    User.objects.create(username=typed, email="x@example.test", first_name=typed, role="nobody")


# Read once Django is set up, which the application does.
import_module("careerplan.urls").urlpatterns.append(path("fault/<str:name>/", fail))
