"""Addresses of one kind of import, wherever it is mounted."""

from django.urls import path

from careerplan.imports import views

app_name = "imports"
urlpatterns = [
    path("", views.imports, name="list"),
    path("<key:import_pk>/", views.preview, name="preview"),
    path("<key:import_pk>/columns/", views.columns, name="columns"),
    path("<key:import_pk>/progress/", views.progress, name="progress"),
    path("<key:import_pk>/rows/<key:row_pk>/", views.row, name="row"),
    path("<key:import_pk>/rows/<key:row_pk>/leave-out/", views.row_out, name="row-out"),
    path("<key:import_pk>/leave-out/", views.waiting_out, name="waiting-out"),
    path("<key:import_pk>/confirm/", views.confirm, name="confirm"),
    path("<key:import_pk>/delete/", views.throw_away, name="throw-away"),
    path("<key:import_pk>/rows.csv", views.rows_file, name="rows-file"),
]
