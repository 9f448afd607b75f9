"""Who may open which address: every URL of the product with what each role is answered there (ILL-007 to ILL-010).

A new URL needs a row in `TABLE`. What is out of a person's scope is 404; what a person sees but may not do is 403.
"""

from dataclasses import dataclass
from http.cookies import SimpleCookie

from django.urls import reverse

from tests import people
from tests.addresses import call

# --- the outcomes of a call -------------------------------------------------------------------

OPENS, SIGN_IN, HIDDEN, FORBIDDEN, NOT_TAKEN = "opens", "sign-in", "404", "403", "405"
READS = {"get": OPENS, "post": FORBIDDEN}
SIGNS_OUT = {"get": OPENS, "post": SIGN_IN}


def outcome(response):
    if response.status_code == 302 and response.url.startswith((reverse("account_login"), reverse("admin:login"))):
        return SIGN_IN
    return {404: HIDDEN, 403: FORBIDDEN, 405: NOT_TAKEN}.get(response.status_code, OPENS)


# --- who calls --------------------------------------------------------------------------------

STRANGER, NORTH, PLANNER = "stranger", "another region's planner", "the customer's planner"
OTHER_CUSTOMER, CUSTOMER = "another customer", "the customer"
STATEWIDE, ADMINISTRATOR = "statewide", "administrator"

STAFF = {
    NORTH: people.north_planner,
    PLANNER: people.planner,
    STATEWIDE: people.statewide,
    ADMINISTRATOR: people.administrator,
}
ROLES = [STRANGER, NORTH, OTHER_CUSTOMER, CUSTOMER, PLANNER, STATEWIDE, ADMINISTRATOR]


def sign_in(client, role, customer):
    client.logout()
    let_in(client, role, customer)


def let_in(client, role, customer):
    if role in STAFF:
        client.force_login(STAFF[role]())
    elif role != STRANGER:
        client.force_login(customer.user if role == CUSTOMER else people.lucia().user)


class Callers:
    """Each role, signed in once: whoever calls has the session as it was then, whatever became of it since."""

    def __init__(self, client, customer, roles=ROLES):
        self.client, self.customer, self.cookies = client, customer, {}
        for role in roles:
            client.cookies = SimpleCookie()
            let_in(client, role, customer)
            client.get(reverse("session_token"))  # the first page of a session notes when it began
            self.cookies[role] = {name: cookie.value for name, cookie in client.cookies.items()}

    def enter(self, role):
        self.client.cookies = SimpleCookie(self.cookies[role])
        if role != STRANGER:
            session = self.client.session
            session._cache.delete(session.cache_key)  # nothing is taken back there

    def call(self, role, method, address, data):
        self.enter(role)
        return call(self.client, method, address, data)


# --- kinds of pages ---------------------------------------------------------------------------


def everybody(answer):
    return dict.fromkeys(ROLES, answer) | {STRANGER: SIGN_IN}


WRITERS = {PLANNER: OPENS, STATEWIDE: OPENS}

KINDS = {
    "public": dict.fromkeys(ROLES, OPENS),
    "sign-out": everybody(SIGNS_OUT),
    "first page": everybody(OPENS) | {STRANGER: {"get": SIGN_IN, "post": NOT_TAKEN}},
    "signed in": everybody(OPENS),
    "list": everybody(OPENS) | {OTHER_CUSTOMER: HIDDEN, CUSTOMER: HIDDEN},
    # Staff who see the customer see the request; another person who was not asked reads why the answer does not count.
    "asker": everybody(HIDDEN) | {PLANNER: OPENS, STATEWIDE: FORBIDDEN, ADMINISTRATOR: FORBIDDEN},
    # Statewide staff need nobody's approval, so that there is nothing to ask.
    "question": everybody(HIDDEN) | {PLANNER: OPENS, ADMINISTRATOR: FORBIDDEN},
    "record": everybody(HIDDEN) | WRITERS | {ADMINISTRATOR: READS},
    "file": everybody(HIDDEN) | WRITERS | {ADMINISTRATOR: READS, CUSTOMER: OPENS},
    "state": everybody(FORBIDDEN) | {OTHER_CUSTOMER: HIDDEN, CUSTOMER: HIDDEN, STATEWIDE: OPENS, ADMINISTRATOR: OPENS},
    "brings": everybody(OPENS) | {OTHER_CUSTOMER: HIDDEN, CUSTOMER: HIDDEN, ADMINISTRATOR: FORBIDDEN},
    # By the customer's planner: others see no file that they did not bring, and statewide staff see all.
    "brought": everybody(HIDDEN) | WRITERS | {ADMINISTRATOR: FORBIDDEN},
    # The list of providers, by statewide staff; an administrator sees the files that one brought.
    "listed": everybody(FORBIDDEN)
    | {OTHER_CUSTOMER: HIDDEN, CUSTOMER: HIDDEN, STATEWIDE: OPENS, ADMINISTRATOR: HIDDEN},
    # What a region has, for its staff and for those who see every region.
    "of the region": everybody(HIDDEN) | WRITERS | {ADMINISTRATOR: OPENS},
    # Administrators alone; a file of theirs is nobody else's.
    "keeps the catalog": everybody(FORBIDDEN) | {OTHER_CUSTOMER: HIDDEN, CUSTOMER: HIDDEN, ADMINISTRATOR: OPENS},
    "catalog brought": everybody(FORBIDDEN) | {OTHER_CUSTOMER: HIDDEN, CUSTOMER: HIDDEN, ADMINISTRATOR: OPENS},
    # By the customer's planner: a file of payroll, and its rows.
    "paid": everybody(HIDDEN) | WRITERS | {ADMINISTRATOR: OPENS},
    "handed over": everybody(HIDDEN) | WRITERS | {ADMINISTRATOR: OPENS},
    "merged": everybody(HIDDEN) | {PLANNER: FORBIDDEN, ADMINISTRATOR: FORBIDDEN, STATEWIDE: OPENS},
    "people": everybody(FORBIDDEN) | {OTHER_CUSTOMER: HIDDEN, CUSTOMER: HIDDEN, ADMINISTRATOR: OPENS},
    "my": everybody(HIDDEN) | {OTHER_CUSTOMER: OPENS, CUSTOMER: OPENS},
    "mine": everybody(HIDDEN) | {CUSTOMER: OPENS},
    "own view": everybody(HIDDEN) | {PLANNER: OPENS},
    # By who writes plans, whoever's; and the planner's own, which is nobody else's.
    "writing": everybody(OPENS) | {OTHER_CUSTOMER: HIDDEN, CUSTOMER: HIDDEN, ADMINISTRATOR: FORBIDDEN},
    # A class of whoever has one.
    "class": everybody(HIDDEN) | {ADMINISTRATOR: FORBIDDEN},
    "own": everybody(HIDDEN) | {PLANNER: OPENS},
    "nowhere": everybody(HIDDEN),
}


@dataclass(frozen=True)
class Row:
    kind: str
    get: bool = False
    post: bool = False


def page(kind):
    return Row(kind, get=True)


def form(kind):
    return Row(kind, get=True, post=True)


def button(kind):
    return Row(kind, post=True)


TABLE = {
    "home": page("first page"),
    "healthz": page("public"),
    "readyz": page("public"),
    "help": page("public"),
    "accessibility": page("public"),
    "privacy": page("public"),
    "set_language": form("public"),
    "session_extend": button("signed in"),
    "session_token": page("public"),
    "notices": form("signed in"),
    "draft_keep": button("signed in"),
    "draft_drop": button("signed in"),
    "trial:mail": page("nowhere"),
    # A customer's record
    "today": page("list"),
    "today-numbers": page("list"),
    "today-everybody": page("state"),
    "calendar": page("list"),
    "calendar-make": button("list"),
    "calendar-end": button("list"),
    "calendar-feed": page("public"),
    "today-remind": button("record"),
    "customers:list": page("list"),
    "customers:csv": page("list"),
    "customers:view-save": form("list"),
    "customers:view-remove": button("own view"),
    "catalog-import:list": form("keeps the catalog"),
    "catalog-import:preview": page("catalog brought"),
    "catalog-import:columns": form("catalog brought"),
    "catalog-import:progress": page("catalog brought"),
    "catalog-import:row": form("catalog brought"),
    "catalog-import:row-out": button("catalog brought"),
    "catalog-import:waiting-out": button("catalog brought"),
    "catalog-import:confirm": button("catalog brought"),
    "catalog-import:throw-away": button("catalog brought"),
    "catalog-import:rows-file": page("catalog brought"),
    "catalog-export": page("keeps the catalog"),
    "customer-import:list": form("brings"),
    "customer-import:preview": page("brought"),
    "customer-import:columns": form("brought"),
    "customer-import:progress": page("brought"),
    "customer-import:row": form("brought"),
    "customer-import:row-out": button("brought"),
    "customer-import:waiting-out": button("brought"),
    "customer-import:confirm": button("brought"),
    "customer-import:throw-away": button("brought"),
    "customer-import:rows-file": page("brought"),
    "providers": page("list"),
    "provider-import:list": form("state"),
    "provider-import:preview": page("listed"),
    "provider-import:columns": form("listed"),
    "provider-import:progress": page("listed"),
    "provider-import:row": form("listed"),
    "provider-import:row-out": button("listed"),
    "provider-import:waiting-out": button("listed"),
    "provider-import:confirm": button("listed"),
    "provider-import:throw-away": button("listed"),
    "provider-import:rows-file": page("listed"),
    "worksites": page("list"),
    "employers": page("list"),
    "employer-add": form("list"),
    "employer": page("of the region"),
    "employer-edit": form("of the region"),
    "worksite-add": form("of the region"),
    "worksite": page("of the region"),
    "worksite-edit": form("of the region"),
    "agreement-add": form("of the region"),
    "agreement-file": page("of the region"),
    "job-add": form("of the region"),
    "job-edit": form("of the region"),
    "worksite-import:list": form("brings"),
    "worksite-import:preview": page("brought"),
    "worksite-import:columns": form("brought"),
    "worksite-import:progress": page("brought"),
    "worksite-import:row": form("brought"),
    "worksite-import:row-out": button("brought"),
    "worksite-import:waiting-out": button("brought"),
    "worksite-import:confirm": button("brought"),
    "worksite-import:throw-away": button("brought"),
    "worksite-import:rows-file": page("brought"),
    "payroll": page("list"),
    "payroll-template": page("writing"),
    "payroll-totals": page("list"),
    "payroll-totals-csv": page("list"),
    "payroll-entry": page("paid"),
    "payroll-upload": page("paid"),
    "payroll-withdraw": form("brought"),
    "payroll-import:list": form("brings"),
    "payroll-import:preview": page("brought"),
    "payroll-import:columns": form("brought"),
    "payroll-import:progress": page("brought"),
    "payroll-import:row": form("brought"),
    "payroll-import:row-out": button("brought"),
    "payroll-import:waiting-out": button("brought"),
    "payroll-import:confirm": button("brought"),
    "payroll-import:throw-away": button("brought"),
    "payroll-import:rows-file": page("brought"),
    "check": form("list"),
    # At the desk: whoever holds a code, with or without a sign-in; without one, a page that asks for it
    "desk:code": form("public"),
    "desk:open": form("public"),
    "desk:plan": form("public"),
    "desk:back": button("public"),
    "desk:done": page("public"),
    "plan:desk": page("record"),
    "plan:desk-code": button("record"),
    "plan:hand-over": button("record"),
    "requests:list": page("list"),
    "requests:request": form("record"),
    "requests:withdraw": button("asker"),
    "customers:overview": page("record"),
    "customers:add": form("list"),
    "customers:doubles": button("list"),
    "customers:reassign": form("list"),
    "customers:merge": page("merged"),
    "customers:merge-with": form("merged"),
    "customers:separate": form("merged"),
    "customers:intake": page("record"),
    "customers:intake-edit": form("record"),
    "customers:invite": form("record"),
    "customers:enroll": form("record"),
    "customers:enrollment-edit": form("record"),
    "customers:enrollment-end": form("record"),
    "customers:needs-edit": form("record"),
    "customers:case-notes": form("record"),
    "customers:case-note": form("record"),
    "customers:case-note-edit": form("record"),
    "customers:case-note-pin": button("record"),
    "customers:assessments": page("record"),
    "customers:assessment-add": form("record"),
    "customers:assessment-edit": form("record"),
    "customers:section": form("record"),
    "customers:section-review": button("record"),
    "customers:section-complete": button("record"),
    "customers:section-reopen": button("record"),
    "customers:section-confidential": form("record"),
    "customers:section-confidential-save": button("record"),
    "customers:section-confidential-review": button("record"),
    "customers:resume": form("record"),
    "customers:uploads": form("record"),
    "customers:upload-file": page("file"),
    "customers:upload-view": page("file"),
    "customers:messages": form("record"),
    "customers:thread": form("record"),
    # What staff are told, and their absences
    "attendance-class": form("writing"),
    "attendance-paste": form("class"),
    "messages": page("list"),
    "messages-new": form("writing"),
    "messages-read": button("list"),
    "message-read": button("own"),
    "absence": form("writing"),
    "absence-end": button("own"),
    "customers:reset-password": button("record"),
    "customer-outcomes": page("record"),
    "customer-worksites": page("record"),
    "follow-up": form("record"),
    "follow-up-take-back": form("record"),
    "credential-add": form("record"),
    "credential-edit": form("record"),
    "customer-hand-over": form("handed over"),
    # People
    "agency": page("people"),
    "agency-begin": form("people"),
    "agency-add": form("people"),
    "agency-edit": form("people"),
    "people": page("people"),
    "person-invite": form("people"),
    "person-edit": form("people"),
    "person-link": button("people"),
    "person-switch-on": button("people"),
    "person-switch-off": form("people"),
    "person-absence": form("people"),
    "person-absence-end": button("people"),
    # The state of the system
    "system": page("people"),
    "system-ask": button("people"),
    "system-email-again": button("people"),
    "system-emails-again": button("people"),
    "system-paper-again": button("people"),
    # The plan
    "plan:overview": page("record"),
    "plan:next": page("record"),
    "plan:start": button("record"),
    "plan:review": button("record"),
    "plan:close": form("record"),
    "plan:written-in": form("record"),
    "plan:assessment": form("record"),
    "plan:initial-assessment": form("record"),
    "plan:comprehensive-assessment": form("record"),
    "plan:summaries": page("record"),
    "plan:goals": page("record"),
    "plan:goal-add": form("record"),
    "plan:goal-edit": form("record"),
    "plan:goal-remove": button("record"),
    "plan:career-goal": form("record"),
    "plan:career-goal-remove": button("record"),
    "plan:career-goal-same": button("record"),
    "plan:career-path": form("record"),
    "plan:career-path-occupation": form("record"),
    "plan:job-fit": page("record"),
    "plan:job-fit-begin": button("record"),
    "plan:job-fit-outside": form("record"),
    "plan:job-fit-result": page("record"),
    "plan:job-fit-step": button("record"),
    "plan:job-fit-rate": form("record"),
    "plan:step-add": form("record"),
    "plan:step-edit": form("record"),
    "plan:step-remove": button("record"),
    "plan:step-proof": form("record"),
    "plan:proposal-accept": form("record"),
    "plan:proposal-decline": form("record"),
    "plan:undo": button("record"),
    "plan:barrier-add": form("record"),
    "plan:barriers-comment": form("record"),
    "plan:barrier-edit": form("record"),
    "plan:barrier-named": button("record"),
    "plan:barrier-remove": form("record"),
    "plan:services": page("record"),
    "plan:catalog": page("record"),
    "plan:service-add": button("record"),
    "plan:services-add": button("record"),
    "plan:services-note": form("record"),
    "plan:services-together": form("record"),
    "plan:service-edit": form("record"),
    "plan:service-move": form("record"),
    "plan:service-credential": form("record"),
    "plan:service-funding": form("record"),
    "plan:service-limit": button("record"),
    "plan:service-remove": form("record"),
    "plan:cost-add": form("record"),
    "plan:payment-add": form("record"),
    "customer-costs": page("record"),
    "cost-obligate": form("record"),
    "cost-pay": form("record"),
    "cost-void": form("record"),
    "plan:placement-choose": page("record"),
    "plan:placement-add": form("record"),
    "plan:placement-minimum": page("record"),
    "placement": page("record"),
    "placement-edit": form("record"),
    "placement-wage": form("record"),
    "placement-wage-minimum": page("record"),
    "placement-move": form("record"),
    "supervisor-ask": form("record"),
    "supervisor-take-back": button("record"),
    "supervisor": form("public"),
    "supervisor-answer": form("public"),
    "job-customers": page("record"),
    "budgets": page("list"),
    "low-wages": page("list"),
    "budget": page("record"),
    "budgets-csv": page("list"),
    "costs-csv": page("list"),
    "plan:feed-add": form("record"),
    "plan:feed-link": form("record"),
    "plan:feed-ignore": form("record"),
    "plan:feed-seen": button("record"),
    "plan:feed-sync": button("record"),
    "plan:attendance": form("record"),
    "plan:attendance-edit": form("record"),
    "plan:log": page("record"),
    "plan:agreement": page("record"),
    "plan:send": form("record"),
    "plan:recall": button("record"),
    "plan:paper-again": button("record"),
    "plan:review-without-customer": form("record"),
    "plan:draft-delete": form("record"),
    "plan:not-completed": form("record"),
    "plan:agreement-record": form("record"),
    "plan:unable": form("record"),
    "plan:evidence-add": form("record"),
    "plan:question-answer": form("record"),
    "plan:goal-change": form("record"),
    "plan:ask": form("question"),
    "plan:legacy-plan": form("record"),
    "plan:versions": page("record"),
    "plan:versions-compared": page("record"),
    "plan:version": page("record"),
    "plan:paper": page("record"),
    "plan:customer-copy": page("record"),
    "plan:export": page("record"),
    "plan:crosswalk": page("record"),
    # For other systems, by their tokens: 401 for everybody who signs in
    "feed-api:openapi-json": page("public"),
    "feed-api:api-root": button("public"),
    "feed-api:record": page("public"),
    "feed-api:catalog": page("public"),
    "plan:crosswalk-json": page("record"),
    # The customer's own pages
    "my:dashboard": page("my"),
    "my:messages": form("my"),
    "my:thread": form("mine"),
    "my:message-read": button("mine"),
    "my:career-path": form("my"),
    "my:career-path-occupation": form("my"),
    "my:steps": page("my"),
    "my:step-propose": form("my"),
    "my:proposal-take-back": button("mine"),
    "my:step-proof": form("mine"),
    "my:step-done": button("mine"),
    "my:step-undo": button("mine"),
    "my:job-fit": page("mine"),
    "my:job-fit-rate": form("mine"),
    "my:sections": page("my"),
    "my:section": form("my"),
    "my:section-confidential": form("my"),
    "my:section-confidential-save": button("my"),
    "my:acknowledge": form("mine"),
    "my:opened": button("mine"),
    "my:ask": form("mine"),
    "my:disagree": form("mine"),
    "my:acknowledged": page("mine"),
    "my:paper": page("mine"),
    "my:paper-ready": page("mine"),
    # The state
    "reports:statewide": page("state"),
    "reports:reviews": page("state"),
    "reports:reviews-csv": page("state"),
    "reports:shared-plans": page("state"),
    # Sign-in, by django-allauth
    "account_login": form("public"),
    "account_logout": form("sign-out"),
    "account_inactive": page("public"),
    "account_signup": form("public"),
    "account_reset_password": form("public"),
    "account_reset_password_done": page("public"),
    "account_reset_password_from_key": form("public"),
    "account_reset_password_from_key_done": page("public"),
    "account_change_password": form("signed in"),
    "account_set_password": form("signed in"),
}
