"""Addresses of what a supervisor is asked: the public ones, and the planner's below a customer's placement."""

from django.urls import path

from worksites.evaluations import staff_views, views

urlpatterns = [
    path("supervisor/<slug:secret>/", views.supervisor, name="supervisor"),
    path("supervisor/<slug:secret>/answer/", views.supervisor_answer, name="supervisor-answer"),
    path(
        "customers/<key:pk>/placements/<key:placement_pk>/ask/<slug:kind>/",
        staff_views.supervisor_ask,
        name="supervisor-ask",
    ),
    path(
        "customers/<key:pk>/placements/<key:placement_pk>/links/<key:link_pk>/take-back/",
        staff_views.supervisor_take_back,
        name="supervisor-take-back",
    ),
]
