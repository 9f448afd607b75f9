"""Customers with the words under which they are found, and their enrollments in programs."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from careerplan.accounts.enums import Role
from careerplan.accounts.models import Office, StaffScope
from careerplan.accounts.scope import Scope, forget_scope, scope_of
from careerplan.base import clock
from careerplan.base.dates import day_of
from careerplan.base.history import Subject, TrackedModel, TrackedQuerySet
from careerplan.base.names import fold, full_name, listed_name
from careerplan.base.plausible import DayField
from careerplan.base.prepared import Prepared
from customers.enums import CustomerType, EnrollmentStatus
from customers.models.daily_list import first_day_of_list, keep_ends
from customers.models.programs import Program, local_days
from customers.models.search_words import AFTER_ALL, SearchWord
from customers.search import pair_of, words_asked, words_to_find

# Of a search; without one the list is in the order of names.
ORDER_FOUND = ["found_word", "found_name", "id"]
ORDER_LISTED = ["name_key", "id"]
BY_ACTIONS: dict[str, Any] = {"editable": False, "db_index": False}


class CustomerQuerySet(TrackedQuerySet):
    def visible_to(self, user):
        """The one place that says who sees whom (ILL-007 to ILL-010)."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.sees_every_region:
            return self
        if user.role == Role.PLANNER:
            return self.filter(in_scope_of(user))
        return self.filter(pk__in=own_records(user.pk))

    def editable_by(self, user):
        """Whose plans the person may write: a planner's own scope, statewide staff everywhere; no merged record's."""
        rows = self.visible_to(user) if user.is_authenticated and user.edits_plans else self.none()
        return rows.not_merged()

    def not_merged(self):
        """Without the former records of people whose other record goes on."""
        return self.filter(merged_into=None)

    def daily_list(self):
        """Without those whose programs all ended long ago."""
        return self.filter(in_daily_list=True)

    def leaving_daily_list(self, *, on: date):
        """Whose time in the list is over on this day."""
        return self.filter(in_daily_list=True, programs_ended_on__lt=first_day_of_list(on))

    def matching(self, text: str):
        """Those of whom each word of the text begins a word: of a name, the ID, e-mail, username, phone or birth date.

        A text that says nothing finds nobody.
        """
        words = words_asked(text)
        if not words:
            return self.none() if text.strip() else self
        return self.filter(*(SearchWord.objects.of_the_row(word) for word in words))

    def found_by(self, text: str) -> Iterator:
        """Those whom `matching` finds, in the order of `ORDER_FOUND`, in parts, each where it is asked for.

        Of one word the exact one stands above longer ones, then the name counts. Of several words, who bears the first
        one just so and the last one comes before all others, who stand in the order of names. However many customers a
        state has, the first part reads as many rows of the index as a page shows.
        """
        words = words_asked(text)
        if len(words) < 2:
            yield from (self.in_range_of(word) for word in words)
            return
        pair = pair_of(words[0], words[-1])
        yield self.in_range_of(pair, *words[1:-1])
        # No index has the order of this text: so those whom the words find are joined, and the state is not walked.
        by_name = Concat(F("name_key"), Value(""))
        rest = self.matching(text).exclude(SearchWord.objects.of_the_row(pair))
        yield rest.annotate(found_word=Value(AFTER_ALL), found_name=by_name)

    def in_range_of(self, word: str, *others: str):
        """Of whom a word begins so, each in the place of the first such word, and others begin so, too."""
        found = self.annotate(found_word=F("words__word"), found_name=F("words__name_key")).filter(
            found_word__gte=word, found_word__lt=word + AFTER_ALL
        )
        earlier = SearchWord.objects.beginning(word).filter(customer=OuterRef("pk"), word__lt=OuterRef("found_word"))
        return found.filter(~Exists(earlier), *(SearchWord.objects.of_the_row(other) for other in others))


def in_scope_of(user) -> Q:
    """By keys, not by questions about each customer: so an index serves the list, its order and the search."""
    scope = scope_of(user, read_scope)
    return Q(office__in=scope.offices) | Q(pk__in=scope.shared)


def own_records(person: int):
    """The record of the customer who signs in so, and those that were merged into it. Each by an index of its own."""
    own = Customer.objects.filter(user=person).values("pk")
    return own.union(Customer.objects.filter(merged_into__user=person).values("pk"), all=True)


def records_of(customer: int):
    """The record, and those that were merged into it."""
    return Customer.objects.filter(Q(pk=customer) | Q(merged_into=customer)).values("pk")


def sees(user, customer: "Customer") -> bool:
    """As `visible_to`, of one customer who was just read: no query where the scope of the request is at hand."""
    if not user.is_authenticated or not user.is_active:
        return False
    if user.role == Role.PLANNER:
        scope = scope_of(user, read_scope)
        return customer.office_id in scope.offices or customer.pk in scope.shared
    kept = customer.merged_into
    return user.sees_every_region or user.pk in {customer.user_id, kept.user_id if kept else None}


def read_scope(user) -> Scope:
    """In one query: the offices that a planner has, and the customers whose plan is shared with the planner."""
    keys: dict[str, set[int]] = {"office": set(), "customer": set()}
    for what, key in SCOPES.ask(user.pk):
        keys[what].add(key)
    return Scope(frozenset(keys["office"]), frozenset(keys["customer"]))


def scope_rows(user: int):
    """The rows of which a planner's scope is made: what each names, and its key."""
    # Each by an index of its own: an OR of both would join all offices with all scopes.
    offices = StaffScope.objects.filter(user=user, office__isnull=False).values_list(Value("office"), "office")
    in_regions = Office.objects.filter(region__scopes__user=user).values_list(Value("office"), "pk")
    # A co-enrolled customer may be another office's, and the plan is shared (12.7.9).
    open_programs = Enrollment.objects.filter(exited_on__isnull=True)
    with_others = open_programs.filter(customer=OuterRef("customer")).exclude(planner=user)
    shared = open_programs.filter(Exists(with_others), planner=user)
    # A record that was merged stands in the office of the one that goes on, and is seen with it.
    merged = Customer.objects.filter(merged_into__in=shared.values("customer"))
    return offices.union(
        in_regions,
        shared.values_list(Value("customer"), "customer"),
        merged.values_list(Value("customer"), "pk"),
    )


SCOPES = Prepared(scope_rows)


class Customer(TrackedModel):
    """The person the plan is for. Signs in through `user`, where one exists."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="customer",
        verbose_name=_("sign-in"),
    )
    # People with one name exist: one of first and last name is enough.
    first_name = models.CharField(_("first name"), max_length=100, blank=True)
    middle_name = models.CharField(_("middle name"), max_length=100, blank=True)
    last_name = models.CharField(_("last name"), max_length=100, blank=True)
    preferred_name = models.CharField(
        _("preferred name"),
        max_length=100,
        blank=True,
        help_text=_("What the customer likes to be called. Forms show the legal name."),
    )
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    birth_date = DayField(_("birth date"), happened=True, null=True, blank=True)
    street = models.CharField(_("street"), max_length=120, blank=True)
    city = models.CharField(_("city"), max_length=60, blank=True)
    state = models.CharField(_("state"), max_length=2, blank=True)
    zip_code = models.CharField(_("ZIP code"), max_length=10, blank=True)
    language = models.CharField(_("preferred language"), max_length=10, choices=settings.LANGUAGES, default="en")
    needs = models.CharField(
        _("accommodation needs"), max_length=200, blank=True, help_text=_("What helps. No medical detail.")
    )
    large_print = models.BooleanField(
        _("large print"),
        default=False,
        help_text=_("Forms are printed, and the customer's pages are shown, in large letters."),
    )
    customer_type = models.CharField(_("customer type"), max_length=30, choices=CustomerType, blank=True)
    state_id = models.CharField(_("participant ID"), max_length=20, unique=True)
    office = models.ForeignKey(Office, models.PROTECT, related_name="customers", verbose_name=_("office"))
    planner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="caseload",
        verbose_name=_("career planner"),
    )
    # For order, "last first middle" as `names.fold` reads it; e-mail and username for search. `set_keys` keeps them.
    name_key = models.CharField(max_length=310, editable=False)
    email_key = models.CharField(max_length=254, editable=False, blank=True)
    username_key = models.CharField(max_length=150, editable=False, blank=True)
    # The day of the last end, null while a program is open, and before the first. `daily_list` keeps both.
    programs_ended_on = models.DateField(null=True, editable=False)
    in_daily_list = models.BooleanField(default=True, db_default=True, editable=False)
    # The other record of this person, which goes on in its place; when, by whom and why (`customers/merging.py`).
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="former_records", verbose_name=_("merged into"), **BY_ACTIONS
    )
    merged_at = models.DateTimeField(_("merged"), null=True, editable=False)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("merged by"), **BY_ACTIONS
    )
    merge_reason = models.CharField(
        _("why they were merged"), max_length=1000, default="", db_default="", editable=False
    )

    # What else is known of the person, of former records (`customers/doubles.py`).
    known_as: tuple[Any, ...] = ()

    objects = CustomerQuerySet.as_manager()

    class Meta:
        verbose_name = _("customer")
        verbose_name_plural = _("customers")
        indexes = [
            models.Index(fields=["name_key", "id"], name="customers_by_name"),
            models.Index(fields=["office", "name_key", "id"], name="customers_of_an_office"),
            models.Index(fields=["customer_type", "name_key", "id"], name="customers_of_a_type"),
            # As the first two, of the daily list; and those who are going to leave it.
            models.Index(fields=["name_key", "id"], condition=Q(in_daily_list=True), name="customers_listed_by_name"),
            models.Index(
                fields=["office", "name_key", "id"],
                condition=Q(in_daily_list=True),
                name="customers_listed_of_an_office",
            ),
            models.Index(
                fields=["programs_ended_on", "id"],
                condition=Q(in_daily_list=True, programs_ended_on__isnull=False),
                name="customers_leaving_the_list",
            ),
            models.Index(
                fields=["merged_into"], condition=Q(merged_into__isnull=False), name="customers_merged_into_others"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(first_name="", last_name=""),
                name="a_customer_has_a_name",
                violation_error_message=_("Enter a first or a last name. One is enough."),
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None, merged_at=None, merged_by=None, merge_reason="")
                | (
                    Q(merged_into__isnull=False, merged_at__isnull=False, merged_by__isnull=False) & ~Q(merge_reason="")
                ),
                name="a_merged_record_says_when_by_whom_and_why",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")), name="a_record_is_not_merged_into_itself"
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(planner=None, in_daily_list=False),
                name="a_merged_record_is_in_nobodys_caseload",
            ),
        ]

    def __str__(self):
        return full_name(self.first_name, self.last_name)

    def history_subject(self):
        return Subject(str(_("Customer")), self.pk)

    @property
    def place(self) -> str:
        """City, state and ZIP code as one line."""
        return " ".join(part for part in (f"{self.city}," if self.city else "", self.state, self.zip_code) if part)

    @property
    def legal_name(self) -> str:
        """With the middle name."""
        return full_name(self.first_name, self.middle_name, self.last_name)

    @property
    def listed_name(self) -> str:
        """As lists sort it: last name first."""
        return listed_name(self.first_name, self.last_name)

    @property
    def greeting_name(self) -> str:
        """By what the customer wants to be called. Papers have the legal name."""
        return self.preferred_name or self.first_name or self.last_name

    def set_keys(self, username: str = "") -> None:
        """Fill the columns that search and order read."""
        self.name_key = fold(full_name(self.last_name, self.first_name, self.middle_name))[:310]
        self.email_key = self.email.strip().casefold()
        self.username_key = username.casefold()[:150]

    def search_words(self) -> set[str]:
        """A merged record is found by none: its words lead to the one that goes on."""
        return set() if self.merged_into_id else self.own_words()

    def own_words(self) -> set[str]:
        return words_to_find(
            *(self.first_name, self.middle_name, self.last_name, self.preferred_name),
            full_name(self.first_name, self.last_name),
            state_id=self.state_id,
            phone=self.phone,
            born=self.birth_date,
            email=self.email_key,
            username=self.username_key,
        )

    @classmethod
    def keep_derived(cls, rows: Iterable["Customer"]) -> None:
        """Search words; and former records stand in the office of the one that goes on."""
        rows = list(rows)
        offices, more = {row.pk: row.office_id for row in rows}, defaultdict(set)
        for former in cls.objects.filter(merged_into__in=list(offices)):
            more[former.merged_into_id] |= former.own_words()
            if former.office_id != offices[former.merged_into_id]:
                models.QuerySet(cls).filter(pk=former.pk).update(office=offices[former.merged_into_id])
        SearchWord.objects.keep(rows, more)


class EnrollmentQuerySet(TrackedQuerySet):
    def still_open(self):
        return self.filter(exited_on__isnull=True)

    def with_programs(self):
        """With the program, and as `review_days` how many days lie between reviews where the customer is."""
        return self.select_related("program").annotate(review_days=local_days("review_interval_days"))


class Enrollment(TrackedModel):
    """A customer's time in a program."""

    # As `with_programs` reads it.
    review_days: int

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="enrollments", verbose_name=_("customer"))
    program = models.ForeignKey(Program, models.PROTECT, related_name="enrollments", verbose_name=_("program"))
    planner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="enrollments",
        verbose_name=_("career planner of the program"),
    )
    status = models.CharField(
        _("enrollment status"), max_length=12, choices=EnrollmentStatus, default=EnrollmentStatus.APPLICANT
    )
    begun_on = DayField(_("begun"))
    exited_on = DayField(_("exited"), happened=True, null=True, blank=True)

    objects = EnrollmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrollment")
        verbose_name_plural = _("enrollments")
        constraints = [
            models.CheckConstraint(
                condition=Q(status="exited") ^ Q(exited_on__isnull=True),
                name="an_exited_enrollment_has_its_exit_date",
                violation_error_message=_("Enter the exit date if the enrollment has ended, and only then."),
            ),
            models.CheckConstraint(
                condition=Q(exited_on__isnull=True) | Q(exited_on__gte=F("begun_on")),
                name="an_exit_is_not_before_the_beginning",
                violation_error_message=_("The exit date can't be before the start."),
            ),
            models.UniqueConstraint(
                fields=["customer", "program"],
                condition=Q(exited_on__isnull=True),
                name="one_open_enrollment_a_program",
                violation_error_message=_("The customer is already enrolled in this program."),
            ),
        ]

    def __str__(self):
        return f"{self.program} ({self.get_status_display()})"

    def history_subject(self):
        return Subject(str(_("Enrollment")), self.customer_id)

    @classmethod
    def keep_derived(cls, rows):
        forget_scope()
        concerned = models.QuerySet(Customer).filter(pk__in={row.customer_id for row in rows}, merged_into=None)
        keep_ends(concerned, cls.objects.all(), on=day_of(clock.now()))
