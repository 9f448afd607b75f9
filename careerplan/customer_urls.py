"""Addresses of the caseload, and of the tabs of a customer's record."""

from django.urls import path

from careerplan.pages import standing
from careerplan.pages.caseload import views as caseload
from customers.urls import urlpatterns as of_one_customer

app_name = "customers"
urlpatterns = [
    path("", caseload.caseload, name="list"),
    path("list.csv", caseload.caseload_csv, name="csv"),
    path("views/save/", caseload.view_save, name="view-save"),
    path("views/<key:view_pk>/remove/", caseload.view_remove, name="view-remove"),
    # Where things stand with a customer is known to every floor.
    path("<key:pk>/", standing.customer_overview, name="overview"),
    *of_one_customer,
]
