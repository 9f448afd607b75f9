"""Addresses of a customer who signs beside the planner: short ones, since they are typed."""

from django.urls import path

from acknowledgments.views import desk_customer as views

app_name = "desk"
urlpatterns = [
    path("", views.code, name="code"),
    path("plan/", views.plan, name="plan"),
    path("back/", views.back, name="back"),
    path("done/", views.done, name="done"),
    path("<slug:letters>/", views.code, name="open"),
]
