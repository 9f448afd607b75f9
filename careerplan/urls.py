"""Every address of the product."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from acknowledgments.views import checking
from careerplan.accounts.views import set_language
from careerplan.base.health import probes
from careerplan.pages import drafts, outcomes, people, session, standing, system, texts, trial
from customers import urls as customers
from services import views as services

handler400 = "careerplan.base.trouble.bad_request"
handler500 = "careerplan.base.trouble.server_error"

# Where things stand with a customer is known to every floor.
of_a_customer = [path("<key:pk>/", standing.customer_overview, name="overview"), *customers.urlpatterns]

urlpatterns = [
    path("", session.home, name="home"),
    path("healthz/", probes.healthz, name="healthz"),
    path("readyz/", probes.readyz, name="readyz"),
    path("session/extend/", session.session_extend, name="session_extend"),
    path("session/token/", session.session_token, name="session_token"),
    path("drafts/keep/", drafts.draft_keep, name="draft_keep"),
    path("drafts/drop/", drafts.draft_drop, name="draft_drop"),
    path("language/", set_language, name="set_language"),
    path("accounts/", include("careerplan.accounts.urls")),
    path("customers/", include((of_a_customer, "customers"))),
    path("customers/<key:pk>/outcomes/", outcomes.outcomes, name="customer-outcomes"),
    path("customers/<key:pk>/worksites/", outcomes.worksites, name="customer-worksites"),
    path("customers/<key:pk>/hand-over/", people.hand_over, name="customer-hand-over"),
    path("people/<key:person_pk>/switch-off/", people.switch_off, name="person-switch-off"),
    path("customers/<key:pk>/credentials/add/", services.credential_add, name="credential-add"),
    path("customers/<key:pk>/plan/", include("careerplan.plan_urls")),
    path("my/", include("careerplan.my_urls")),
    path("requests/", include("acknowledgments.request_urls")),
    path("check/", checking.check, name="check"),
    path("statewide/", include("careerplan.reports.urls")),
    path("help/", texts.page_of_text, {"template": "careerplan/help.html"}, name="help"),
    path("accessibility/", texts.page_of_text, {"template": "careerplan/accessibility.html"}, name="accessibility"),
    path("privacy/", texts.page_of_text, {"template": "careerplan/privacy.html"}, name="privacy"),
    path("system/", system.system, name="system"),
    path("system/ask/", system.system_ask, name="system-ask"),
    path("system/emails/<key:email_pk>/again/", system.system_email_again, name="system-email-again"),
    path("system/papers/<key:paper_pk>/again/", system.system_paper_again, name="system-paper-again"),
    path("admin/", admin.site.urls),
]
if settings.TRIAL or settings.DEBUG or settings.TESTING:
    addresses = [path("mail/", trial.trial_mail, name="mail")]
    urlpatterns.append(path("trial/", include((addresses, "trial"))))
