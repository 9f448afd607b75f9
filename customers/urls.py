"""Addresses of the customer list and of the tabs of a customer's record; `careerplan/urls.py` adds the overview."""

from django.urls import path

from customers import views

app_name = "customers"
urlpatterns = [
    path("", views.customer_list, name="list"),
    path("<key:pk>/intake/", views.intake, name="intake"),
    path("<key:pk>/intake/what-helps/", views.needs_edit, name="needs-edit"),
    path("<key:pk>/case-notes/", views.case_notes, name="case-notes"),
    path("<key:pk>/assessments/", views.assessments, name="assessments"),
    path("<key:pk>/assessments/add/", views.assessment_edit, name="assessment-add"),
    path("<key:pk>/assessments/<key:assessment_pk>/edit/", views.assessment_edit, name="assessment-edit"),
    path("<key:pk>/resume/", views.resume, name="resume"),
    path("<key:pk>/uploads/", views.uploads, name="uploads"),
    path("<key:pk>/uploads/<key:upload_pk>/file/", views.upload_file, name="upload-file"),
    path("<key:pk>/uploads/<key:upload_pk>/view/", views.upload_view, name="upload-view"),
    path("<key:pk>/messages/", views.customer_messages, name="messages"),
    path("<key:pk>/reset-password/", views.reset_password, name="reset-password"),
]
