"""Every address of the product."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from acknowledgments.views import checking
from careerplan.accounts.views import set_language
from careerplan.base.health import probes
from careerplan.pages import (
    absence,
    agency,
    drafts,
    inbox,
    notices,
    outcomes,
    people,
    session,
    staff,
    system,
    texts,
    trial,
)
from careerplan.pages.today import calendar, everybody
from careerplan.pages.today import views as today
from services.attendance.views import together as attendance
from services.catalog.views import catalog_export
from services.costs.views import budgets as budgets_pages
from services.costs.views import customer as costs
from services.credentials import views as credentials
from services.feed.api import addresses as feed_api
from services.providers import views as providers
from worksites.follow_ups import views as follow_ups
from worksites.placements.views import customer as worksites_tab
from worksites.placements.views import job as job_pages
from worksites.placements.views import placement as placements
from worksites.wages import views as wages

handler400 = "careerplan.base.trouble.bad_request"
handler500 = "careerplan.base.trouble.server_error"

urlpatterns = [
    path("", session.home, name="home"),
    path("today/", today.today, name="today"),
    path("today/numbers/", today.numbers, name="today-numbers"),
    path("today/remind/<key:asked_pk>/", today.remind_customer, name="today-remind"),
    path("today/everybody/", everybody.everybody, name="today-everybody"),
    path("today/calendar/", calendar.calendar, name="calendar"),
    path("today/calendar/make/", calendar.calendar_make, name="calendar-make"),
    path("today/calendar/end/", calendar.calendar_end, name="calendar-end"),
    path("today/calendar/<slug:secret>.ics", calendar.calendar_feed, name="calendar-feed"),
    path("healthz/", probes.healthz, name="healthz"),
    path("readyz/", probes.readyz, name="readyz"),
    path("session/extend/", session.session_extend, name="session_extend"),
    path("session/token/", session.session_token, name="session_token"),
    path("drafts/keep/", drafts.draft_keep, name="draft_keep"),
    path("drafts/drop/", drafts.draft_drop, name="draft_drop"),
    path("how-we-tell-you/", notices.notices, name="notices"),
    path("language/", set_language, name="set_language"),
    path("accounts/", include("careerplan.accounts.urls")),
    path("customers/import/", include("careerplan.imports.urls", namespace="customer-import"), {"kind": "customers"}),
    path(
        "service-catalog/import/", include("careerplan.imports.urls", namespace="catalog-import"), {"kind": "services"}
    ),
    path("service-catalog/export/", catalog_export, name="catalog-export"),
    path("customers/", include("careerplan.customer_urls")),
    path("customers/<key:pk>/outcomes/", outcomes.outcomes, name="customer-outcomes"),
    path("customers/<key:pk>/worksites/", worksites_tab.customer_worksites, name="customer-worksites"),
    path("customers/<key:pk>/follow-ups/<key:follow_up_pk>/", follow_ups.follow_up, name="follow-up"),
    path(
        "customers/<key:pk>/follow-ups/<key:follow_up_pk>/take-back/",
        follow_ups.follow_up_take_back,
        name="follow-up-take-back",
    ),
    path("customers/<key:pk>/placements/<key:placement_pk>/", placements.placement, name="placement"),
    path("customers/<key:pk>/placements/<key:placement_pk>/edit/", placements.placement_edit, name="placement-edit"),
    path("customers/<key:pk>/placements/<key:placement_pk>/wage/", placements.placement_wage, name="placement-wage"),
    path(
        "customers/<key:pk>/placements/<key:placement_pk>/wage/minimum/",
        placements.placement_wage_minimum,
        name="placement-wage-minimum",
    ),
    path(
        "customers/<key:pk>/placements/<key:placement_pk>/move/<slug:move>/",
        placements.placement_move,
        name="placement-move",
    ),
    path("worksites/payroll/", include("worksites.payroll.urls")),
    path("worksites/jobs/<key:job_pk>/customers/", job_pages.job_customers, name="job-customers"),
    path("customers/<key:pk>/costs/", costs.customer_costs, name="customer-costs"),
    path("customers/<key:pk>/costs/<key:cost_pk>/obligate/", costs.cost_obligate, name="cost-obligate"),
    path("customers/<key:pk>/costs/<key:cost_pk>/pay/", costs.cost_pay, name="cost-pay"),
    path("customers/<key:pk>/costs/<key:cost_pk>/void/", costs.cost_void, name="cost-void"),
    path("customers/<key:pk>/hand-over/", people.hand_over, name="customer-hand-over"),
    path("agency/", agency.agency, name="agency"),
    path("agency/begin/", agency.agency_begin, name="agency-begin"),
    path("agency/<slug:entry>/add/", agency.agency_edit, name="agency-add"),
    path("agency/<slug:entry>/<key:entry_pk>/edit/", agency.agency_edit, name="agency-edit"),
    path("people/", staff.people_list, name="people"),
    path("people/invite/", staff.person_invite, name="person-invite"),
    path("people/<key:person_pk>/edit/", staff.person_edit, name="person-edit"),
    path("people/<key:person_pk>/link/", staff.person_link, name="person-link"),
    path("people/<key:person_pk>/switch-on/", staff.person_switch_on, name="person-switch-on"),
    path("people/<key:person_pk>/switch-off/", people.switch_off, name="person-switch-off"),
    path("people/<key:person_pk>/absence/", absence.person_absence, name="person-absence"),
    path("people/<key:person_pk>/absence/<key:absence_pk>/end/", absence.person_absence_end, name="person-absence-end"),
    path("customers/<key:pk>/credentials/add/", credentials.credential_add, name="credential-add"),
    path(
        "customers/<key:pk>/credentials/<key:credential_pk>/edit/", credentials.credential_edit, name="credential-edit"
    ),
    path("providers/", providers.providers, name="providers"),
    path("providers/import/", include("careerplan.imports.urls", namespace="provider-import"), {"kind": "providers"}),
    path("worksites/import/", include("careerplan.imports.urls", namespace="worksite-import"), {"kind": "worksites"}),
    path("worksites/", include("worksites.urls")),
    path("customers/<key:pk>/plan/", include("careerplan.plan_urls")),
    path("attendance/", attendance.attendance_class, name="attendance-class"),
    path("attendance/paste/", attendance.attendance_paste, name="attendance-paste"),
    path("worksites/low-wages/", wages.low_wages, name="low-wages"),
    path("messages/", inbox.staff_messages, name="messages"),
    path("messages/new/", inbox.messages_new, name="messages-new"),
    path("messages/read/", inbox.messages_read, name="messages-read"),
    path("messages/<key:message_pk>/read/", inbox.message_read, name="message-read"),
    path("budgets/", budgets_pages.budgets, name="budgets"),
    path("budgets/<key:budget_pk>/", budgets_pages.budget, name="budget"),
    path("budgets.csv", budgets_pages.budgets_csv, name="budgets-csv"),
    path("costs.csv", budgets_pages.costs_csv, name="costs-csv"),
    path("absence/", absence.absence, name="absence"),
    path("absence/<key:absence_pk>/end/", absence.absence_end, name="absence-end"),
    path("my/", include("careerplan.my_urls")),
    path("requests/", include("acknowledgments.request_urls")),
    path("desk/", include("acknowledgments.desk_urls")),
    path("check/", checking.check, name="check"),
    path("", include("worksites.evaluations.urls")),
    path("statewide/", include("careerplan.reports.urls")),
    path("help/", texts.page_of_text, {"template": "careerplan/help.html"}, name="help"),
    path("accessibility/", texts.page_of_text, {"template": "careerplan/accessibility.html"}, name="accessibility"),
    path("privacy/", texts.page_of_text, {"template": "careerplan/privacy.html"}, name="privacy"),
    path("api/v1/services/", feed_api),
    path("system/", system.system, name="system"),
    path("system/ask/", system.system_ask, name="system-ask"),
    path("system/emails/<key:email_pk>/again/", system.system_email_again, name="system-email-again"),
    path("system/emails/again/", system.system_emails_again, name="system-emails-again"),
    path("system/papers/<key:paper_pk>/again/", system.system_paper_again, name="system-paper-again"),
    path("admin/", admin.site.urls),
]
if settings.TRIAL or settings.DEBUG or settings.TESTING:
    addresses = [path("mail/", trial.trial_mail, name="mail")]
    urlpatterns.append(path("trial/", include((addresses, "trial"))))
