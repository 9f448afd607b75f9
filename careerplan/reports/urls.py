"""Addresses of the state's counts."""

from django.urls import path

from careerplan.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.statewide, name="statewide"),
    path("shared-plans/", views.shared_plans, name="shared-plans"),
]
