"""Addresses of the customer's own pages."""

from django.urls import path

from acknowledgments.views import copies, customer
from careerplan.pages import about_me, my, my_career_path, my_steps
from goals.fit.views import own

app_name = "my"
urlpatterns = [
    path("", my.my_dashboard, name="dashboard"),
    path("messages/", my.my_messages, name="messages"),
    path("messages/<key:message_pk>/", my.my_thread, name="thread"),
    path("messages/<key:message_pk>/read/", my.my_message_read, name="message-read"),
    path("career-path/", my_career_path.my_career_path, name="career-path"),
    path("career-path/<slug:which>/", my_career_path.my_career_path_occupation, name="career-path-occupation"),
    path("steps/", my_steps.my_steps, name="steps"),
    path("steps/propose/", my_steps.my_step_propose, name="step-propose"),
    path("steps/proposals/<key:proposal_pk>/take-back/", my_steps.my_proposal_take_back, name="proposal-take-back"),
    path("steps/<key:step_pk>/proof/", my_steps.my_step_proof, name="step-proof"),
    path("steps/<key:step_pk>/done/", my.my_step_done, name="step-done"),
    path("steps/<key:step_pk>/not-done/", my.my_step_undo, name="step-undo"),
    path("job-fit/<key:review_pk>/", own.my_job_fit, name="job-fit"),
    path("job-fit/<key:review_pk>/<slug:kind>/", own.my_job_fit_rate, name="job-fit-rate"),
    path("about-me/", about_me.my_sections, name="sections"),
    path("about-me/<slug:slug>/", about_me.my_section, name="section"),
    path("about-me/<slug:slug>/confidential/", about_me.my_section_confidential, name="section-confidential"),
    path(
        "about-me/<slug:slug>/confidential/save/",
        about_me.my_section_confidential_save,
        name="section-confidential-save",
    ),
    path("acknowledge/<uuid:key>/", customer.acknowledge, name="acknowledge"),
    path("acknowledge/<uuid:key>/opened/", customer.opened, name="opened"),
    path("acknowledge/<uuid:key>/ask/<slug:kind>/<key:item_pk>/", customer.ask_item, name="ask"),
    path("acknowledge/<uuid:key>/disagree/", customer.disagree, name="disagree"),
    path("acknowledge/<uuid:key>/done/", customer.acknowledged, name="acknowledged"),
    path("versions/<key:version_pk>/form.pdf", copies.my_paper, name="paper"),
    path("versions/<key:version_pk>/form/ready/", copies.my_paper_ready, name="paper-ready"),
]
