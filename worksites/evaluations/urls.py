"""Addresses of what a supervisor is asked: the public ones, and the planner's below a customer's placement."""

from django.urls import path

from worksites.evaluations.views import staff, supervisor

urlpatterns = [
    path("supervisor/<slug:secret>/", supervisor.supervisor, name="supervisor"),
    path("supervisor/<slug:secret>/answer/", supervisor.supervisor_answer, name="supervisor-answer"),
    path(
        "customers/<key:pk>/placements/<key:placement_pk>/ask/<slug:kind>/",
        staff.supervisor_ask,
        name="supervisor-ask",
    ),
    path(
        "customers/<key:pk>/placements/<key:placement_pk>/links/<key:link_pk>/take-back/",
        staff.supervisor_take_back,
        name="supervisor-take-back",
    ),
]
