"""Addresses of the requests among staff."""

from django.urls import path

from acknowledgments.views import requests as views

app_name = "requests"
urlpatterns = [
    path("", views.requests, name="list"),
    path("<key:request_pk>/", views.staff_request, name="request"),
    path("<key:request_pk>/withdraw/", views.request_withdraw, name="withdraw"),
]
