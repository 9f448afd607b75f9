"""Addresses of payroll."""

from django.urls import include, path

from worksites.payroll import views

urlpatterns = [
    path("", views.payroll, name="payroll"),
    path("import/", include("careerplan.imports.urls", namespace="payroll-import"), {"kind": "payroll"}),
    path("template/", views.payroll_template, name="payroll-template"),
    path("totals/", views.payroll_totals, name="payroll-totals"),
    path("totals.csv", views.payroll_totals_csv, name="payroll-totals-csv"),
    path("rows/<key:paid_pk>/", views.payroll_entry, name="payroll-entry"),
    path("<key:payroll_pk>/", views.payroll_upload, name="payroll-upload"),
    path("<key:payroll_pk>/withdraw/", views.payroll_withdraw, name="payroll-withdraw"),
]
