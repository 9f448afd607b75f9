"""The pages of the worksite tool, under /worksites/."""

from django.urls import path

from worksites.places import views as places

urlpatterns = [
    path("", places.worksites, name="worksites"),
    path("employers/", places.employers, name="employers"),
    path("employers/add/", places.employer_edit, name="employer-add"),
    path("employers/<key:employer_pk>/", places.employer, name="employer"),
    path("employers/<key:employer_pk>/edit/", places.employer_edit, name="employer-edit"),
    path("employers/<key:employer_pk>/worksites/add/", places.worksite_add, name="worksite-add"),
    path("<key:worksite_pk>/", places.worksite, name="worksite"),
    path("<key:worksite_pk>/edit/", places.worksite_edit, name="worksite-edit"),
    path("<key:worksite_pk>/agreement/", places.agreement_add, name="agreement-add"),
    path("<key:worksite_pk>/agreement/<key:agreement_pk>/", places.agreement_file, name="agreement-file"),
    path("<key:worksite_pk>/jobs/add/", places.job_add, name="job-add"),
    path("jobs/<key:job_pk>/edit/", places.job_edit, name="job-edit"),
]
