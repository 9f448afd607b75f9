"""Addresses of the customer's own pages."""

from django.urls import path

from acknowledgments import views as acknowledgments
from careerplan import views

app_name = "my"
urlpatterns = [
    path("", views.my_dashboard, name="dashboard"),
    path("messages/", views.my_messages, name="messages"),
    path("messages/<int:message_pk>/read/", views.my_message_read, name="message-read"),
    path("acknowledge/<uuid:key>/", acknowledgments.acknowledge, name="acknowledge"),
    path("acknowledge/<uuid:key>/opened/", acknowledgments.opened, name="opened"),
    path("acknowledge/<uuid:key>/done/", acknowledgments.acknowledged, name="acknowledged"),
    path("versions/<int:version_pk>/form.pdf", acknowledgments.my_form, name="form"),
]
