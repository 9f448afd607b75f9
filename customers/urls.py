"""Addresses of the customer list and of the tabs of a customer's record."""

from django.urls import path

from customers import views

app_name = "customers"
urlpatterns = [
    path("", views.customer_list, name="list"),
    path("<int:pk>/", views.overview, name="overview"),
    path("<int:pk>/intake/", views.intake, name="intake"),
    path("<int:pk>/case-notes/", views.case_notes, name="case-notes"),
    path("<int:pk>/assessments/", views.assessments, name="assessments"),
    path("<int:pk>/assessments/add/", views.assessment_edit, name="assessment-add"),
    path("<int:pk>/assessments/<int:assessment_pk>/edit/", views.assessment_edit, name="assessment-edit"),
    path("<int:pk>/resume/", views.resume, name="resume"),
    path("<int:pk>/uploads/", views.uploads, name="uploads"),
    path("<int:pk>/uploads/<int:upload_pk>/file/", views.upload_file, name="upload-file"),
    path("<int:pk>/messages/", views.customer_messages, name="messages"),
    path("<int:pk>/reset-password/", views.reset_password, name="reset-password"),
]
