"""The units of a page's floor: what an empty view, a query and a row of a table cost at least (`pages.Units`)."""

from collections.abc import Callable
from functools import partial
from typing import Any

Act = Callable[[], Any]

ROWS = 20
ROW = """{% load i18n %}{% for row in rows %}<tr>
<td data-label="{% translate 'Step/Service' %}">{{ row.service.name }}<br>
<span class="meta">{{ row.provider }}</span></td><td>{{ row.planned_start_on|date:"SHORT_DATE_FORMAT" }}</td>
<td>{{ row.planned_end_on|date:"SHORT_DATE_FORMAT"|default:"-" }}</td><td>{{ row.status_in_words }}</td>
<td><a href="{% url 'plan:service-edit' 1 row.pk %}">{% translate "Edit" %}</a></td></tr>{% endfor %}"""
DJANGOS_OWN = {"i18n": "django.templatetags.i18n"}


def units_to_measure() -> list[Act]:
    """What the plain way costs, as `Units` has it (of rows, as many as `ROWS`): no page is cheaper than its parts."""
    from django.db.models import Model
    from django.template.backends.django import DjangoTemplates

    from customers.models import Enrollment
    from services.models import PlannedService

    rows = list(PlannedService.objects.select_related("service").exclude(planned_start_on=None)[:ROWS])
    status = PlannedService._meta.get_field("status")
    for row in rows:
        row.status_in_words = partial(Model._get_FIELD_display, row, status)  # the product's own is quicker
    plain = DjangoTemplates({"NAME": "plain", "DIRS": [], "APP_DIRS": False, "OPTIONS": {"libraries": DJANGOS_OWN}})
    table: Any = plain.from_string(ROW)
    return [
        empty_request(),
        lambda: list(Enrollment.objects.order_by("pk")[:ROWS]),
        lambda: table.render({"rows": rows}),
    ]


def empty_request() -> Act:
    """Asks a view that does nothing, through a handler without middleware."""
    from types import ModuleType

    from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
    from django.http import HttpResponse
    from django.test import RequestFactory, override_settings
    from django.urls import path, set_urlconf

    urls: Any = ModuleType("empty")
    urls.urlpatterns = [path("", lambda _request: HttpResponse("ok"))]
    with override_settings(MIDDLEWARE=[]):
        handler = WSGIHandler()
    handler.request_class = type("EmptyRequest", (WSGIRequest,), {"urlconf": urls})
    environ = RequestFactory().get("/").environ

    def ask() -> None:
        response = handler(dict(environ), lambda *_told: None)
        assert b"".join(response) == b"ok"
        response.close()
        set_urlconf(None)

    return ask
