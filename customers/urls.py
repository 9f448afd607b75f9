"""Addresses of the tabs of a customer's record; `careerplan.customer_urls` adds the list and the overview."""

from django.urls import path

from customers import intake_views, merge_views, views
from customers.message_views import customer_messages, customer_thread
from customers.notes import views as note_views
from customers.outside import views as outside_views
from customers.sections import views as section_views

urlpatterns = [
    path("add/", intake_views.customer_add, name="add"),
    path("add/doubles/", intake_views.customer_doubles, name="doubles"),
    path("reassign/", intake_views.customers_reassign, name="reassign"),
    path("<key:pk>/intake/", views.intake, name="intake"),
    path("<key:pk>/intake/what-helps/", views.needs_edit, name="needs-edit"),
    path("<key:pk>/intake/edit/", intake_views.intake_edit, name="intake-edit"),
    path("<key:pk>/intake/invite/", intake_views.customer_invite, name="invite"),
    path("<key:pk>/intake/enroll/", intake_views.enroll, name="enroll"),
    path("<key:pk>/intake/programs/<key:enrollment_pk>/edit/", intake_views.enrollment_edit, name="enrollment-edit"),
    path("<key:pk>/intake/programs/<key:enrollment_pk>/end/", intake_views.enrollment_end, name="enrollment-end"),
    path("<key:pk>/merge/", merge_views.customer_merge, name="merge"),
    path("<key:pk>/merge/<key:other_pk>/", merge_views.customer_merge_with, name="merge-with"),
    path("<key:pk>/separate/<key:other_pk>/", merge_views.customer_separate, name="separate"),
    path("<key:pk>/case-notes/", note_views.case_notes, name="case-notes"),
    path("<key:pk>/case-notes/<key:note_pk>/", note_views.case_note, name="case-note"),
    path("<key:pk>/case-notes/<key:note_pk>/edit/", note_views.case_note_edit, name="case-note-edit"),
    path("<key:pk>/case-notes/<key:note_pk>/pin/", note_views.case_note_pin, name="case-note-pin"),
    path("<key:pk>/assessments/", outside_views.assessments, name="assessments"),
    path("<key:pk>/assessments/add/", outside_views.assessment_edit, name="assessment-add"),
    path("<key:pk>/assessments/<key:assessment_pk>/edit/", outside_views.assessment_edit, name="assessment-edit"),
    path("<key:pk>/sections/<slug:slug>/", section_views.section, name="section"),
    path("<key:pk>/sections/<slug:slug>/review/", section_views.section_review, name="section-review"),
    path("<key:pk>/sections/<slug:slug>/complete/", section_views.section_complete, name="section-complete"),
    path("<key:pk>/sections/<slug:slug>/reopen/", section_views.section_reopen, name="section-reopen"),
    path(
        "<key:pk>/sections/<slug:slug>/confidential/", section_views.section_confidential, name="section-confidential"
    ),
    path(
        "<key:pk>/sections/<slug:slug>/confidential/save/",
        section_views.section_confidential_save,
        name="section-confidential-save",
    ),
    path(
        "<key:pk>/sections/<slug:slug>/confidential/review/",
        section_views.section_confidential_review,
        name="section-confidential-review",
    ),
    path("<key:pk>/resume/", views.resume, name="resume"),
    path("<key:pk>/uploads/", views.uploads, name="uploads"),
    path("<key:pk>/uploads/<key:upload_pk>/file/", views.upload_file, name="upload-file"),
    path("<key:pk>/uploads/<key:upload_pk>/view/", views.upload_view, name="upload-view"),
    path("<key:pk>/messages/", customer_messages, name="messages"),
    path("<key:pk>/messages/<key:message_pk>/", customer_thread, name="thread"),
    path("<key:pk>/reset-password/", views.reset_password, name="reset-password"),
]
