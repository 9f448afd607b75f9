"""Addresses of the requests among staff."""

from django.urls import path

from acknowledgments.views import requests as views

app_name = "requests"
urlpatterns = [
    path("", views.requests, name="list"),
    path("<int:request_pk>/", views.staff_request, name="request"),
    path("<int:request_pk>/withdraw/", views.request_withdraw, name="withdraw"),
]
