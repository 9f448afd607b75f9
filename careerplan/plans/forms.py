"""Forms of barriers and of the plan itself."""

from typing import ClassVar

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.conf import settings
from django.utils.html import format_html
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from careerplan.base.fields import CountedTextField, DateField, NamedChoiceField, TextField, named_choice
from careerplan.base.forms import PageForm, RowForm
from careerplan.base.templatetags.wording import named
from careerplan.plans.agreed import agreed_text
from careerplan.plans.enums import BarrierRemoval, BarrierStatus, Ending, Outcome, OutcomeReason, Rewording
from careerplan.plans.loose_ends import Answer, LooseEnd, needed
from careerplan.plans.models import Barrier, BarrierCategory
from customers.forms import ContactForm, ReachedForm
from customers.models import Upload


class GroupedCategories(forms.models.ModelChoiceIterator):
    """The barrier categories under their groups."""

    def __iter__(self):
        yield ("", self.field.empty_label)
        groups: dict[str, list] = {}
        for category in self.queryset:
            groups.setdefault(category.group, []).append(self.choice(category))
        yield from groups.items()


class CategoryField(NamedChoiceField):
    iterator = GroupedCategories

    def label_from_instance(self, obj):
        name = super().label_from_instance(obj)
        return gettext("%(barrier)s (confidential)") % {"barrier": name} if obj.is_confidential else name

    def by_group(self) -> dict[str, list[BarrierCategory]]:
        """The categories that are offered, for their definitions beside the field."""
        groups: dict[str, list[BarrierCategory]] = {}
        for category in self.queryset:
            groups.setdefault(category.group, []).append(category)
        return groups


class BarriersField(forms.ModelMultipleChoiceField):
    """The barriers of a plan that something answers."""

    def label_from_instance(self, obj):
        return named_choice(obj.category)

    on_page = label_from_instance


def barriers_to_choose(plan):
    return Barrier.objects.in_plan().filter(plan=plan).select_related("category").order_by("id")


def rewording_field(*, label, clearer, another):
    """The planner's word about a text that the customer agreed to and that was changed (AMB-W8, AMB-W9)."""
    return forms.ChoiceField(
        label=label,
        choices=[(Rewording.CLEARER, clearer), (Rewording.ANOTHER, another)],
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Only if you changed the text. We keep your answer. If you give none, the customer is asked."),
    )


class RewordingForm(RowForm):
    """A form with texts that the customer agreed to: in a review, it asks what a changed text is now.

    The word is never filled in beforehand; what was agreed to, and the word that was said, stand beside it.
    """

    # The field of the word -> the text that it is about.
    words: ClassVar[dict[str, str]] = {}

    def __init__(self, *args, is_review: bool = False, **options):
        super().__init__(*args, **options)
        for name, text in self.words.items():
            agreed = agreed_text(self.row, text) if is_review and self.row is not None else None
            if agreed is None:
                self.leave_out(name)
            else:
                self.fields[name].help_text = format_lazy(
                    "{} {}", self.fields[name].help_text, self.what_was_agreed(name, text, agreed)
                )

    def what_was_agreed(self, name: str, text: str, agreed: str) -> str:
        words = (
            gettext("The customer agreed to: “%(text)s”")
            if agreed
            else gettext("The customer has not agreed to any text here.")
        )
        said = getattr(self.row, name) if getattr(self.row, text) != agreed else ""
        if not said:
            return words % {"text": agreed}
        so_far = gettext("Your answer so far: %(word)s.") % {"word": dict(self.fields[name].choices)[said]}
        return f"{words % {'text': agreed}} {so_far}"

    def values_of(self, row):
        return {name: value for name, value in super().values_of(row).items() if name not in self.words}


class BarrierForm(RewordingForm):
    words: ClassVar = {"rewording": "description"}

    category = CategoryField(
        label=_("Barrier"),
        queryset=BarrierCategory.objects.filter(is_active=True).order_by("position"),
        empty_label=_("Choose a barrier"),
        help_text=_(
            'What each one means stands below. "Other" and "No potential barriers" need a comment: after saving, we '
            "lead you to it."
        ),
    )
    description = CountedTextField(
        label=_("Description"),
        limit=500,
        required=False,
        help_text=_(
            "What gets in the way, in the customer's own words. No medical detail. The plan can't be sent without it. "
            'Only "Other" and "No potential barriers" are explained in the comments on barriers instead (12.7.5).'
        ),
    )
    rewording = rewording_field(
        label=_("What changed in the description"),
        clearer=_("The same need, in clearer words"),
        another=_("Another need: the customer is asked"),
    )
    how_addressed = CountedTextField(label=_("How it will be addressed"), limit=500, required=False)
    status = forms.ChoiceField(label=_("Status"), choices=BarrierStatus)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["description"].mark_optional = False  # nearly every barrier has one before the plan is sent
        self.offer_present("category")


class BarrierRemovalForm(ContactForm):
    adds_a_row = False

    removal = forms.ChoiceField(
        label=_("Why it is being removed from the plan"),
        choices=BarrierRemoval,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why you are removing the barrier from the plan.")},
    )
    note = CountedTextField(
        label=_("Case note"),
        limit=4000,
        required=False,
        help_text=_("Required when the barrier is resolved or no longer affects the customer (12.7.8)."),
    )

    field_order = ["removal", "note", "contact_on", "contact_method"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["note"].mark_optional = False  # its help says when it is required


class BarriersCommentForm(RewordingForm):
    words: ClassVar = {"comment_rewording": "barriers_comment"}

    barriers_comment = CountedTextField(
        label=_("Comments on barriers"),
        limit=1000,
        required=False,
        help_text=_("Needs that are not on the list, or a note that there are no potential barriers (12.7.5)."),
    )
    comment_rewording = rewording_field(
        label=_("What changed in the comments"),
        clearer=_("No new need: clearer words, or a note that there are none"),
        another=_("A new need: the customer is asked"),
    )


class ServicesNoteForm(RewordingForm):
    no_services_reason = CountedTextField(
        label=_("Why no services are planned"),
        limit=300,
        required=False,
        help_text=_("Only for a plan without any service."),
    )
    no_supportive_services = forms.BooleanField(
        label=_("No supportive services are needed"),
        required=False,
        help_text=_("Only for a plan whose goal is career exploration (12.7.5)."),
    )


class WrittenInForm(RowForm):
    written_in = forms.ChoiceField(
        label=_("Language in which you write this plan"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
        help_text=_(
            "Goals, steps and notes, and what you write to the customer. Where it is not the reader's language, the "
            "page and the form say so beside your words, and a screen reader speaks them in the right voice."
        ),
    )
    rewritten = forms.BooleanField(label=_("The words of this plan are in the new language"), required=False)
    rewritten.mark_optional = False

    def __init__(self, *args, has_words, **options):
        super().__init__(*args, **options)
        if not has_words:
            self.leave_out("rewritten")


def heading_of(end: LooseEnd) -> str:
    """crispy-forms takes a heading for a template in HTML: what somebody typed is neither."""
    heading = format_html("{} ({})", named(end.label), end.status)
    return heading.replace("{", "&#123;").replace("}", "&#125;")


def told_of(end: LooseEnd, sentence: str) -> str:
    """In the summary of errors it stands without its heading."""
    return f"{end.told}: {sentence}"


class ClosePlanForm(PageForm):
    """The outcome; what becomes of each thing that is still open; and the tick that can't be undone (12.7.8)."""

    adds_a_row = False
    mark_optional = False  # what is required follows from the outcome and the answers; the helps say so

    outcome = forms.ChoiceField(label=_("Plan outcome"), choices=Outcome, widget=forms.RadioSelect)
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[("", _("Choose a reason")), *OutcomeReason.choices],
        required=False,
        help_text=_("Required for a plan that is not completed."),
    )
    understood = forms.BooleanField(
        label=_("I understand that the closed plan can't be reopened."),
        error_messages={"required": _("Check this box: a closed plan can't be reopened.")},
    )

    def __init__(self, *args, ends=(), **options):
        """`ends`: the loose ends of the plan."""
        super().__init__(*args, **options)
        self.ends = list(ends)
        for end in self.ends:
            self.fields |= {f"{end.name}-{name}": field for name, field in fields_of(end).items()}
        groups = [
            Fieldset(heading_of(end), *(name for name in self.fields if name.startswith(f"{end.name}-")))
            for end in self.ends
        ]
        self.helper.layout = Layout("outcome", "reason", *groups, "understood")

    def clean(self):
        values = super().clean()
        if values.get("outcome") == Outcome.NOT_COMPLETED and not values.get("reason"):
            self.add_error("reason", _("Choose why the plan was not completed."))
        if values.get("outcome") == Outcome.COMPLETED:
            for end in self.ends:
                self.clean_end(end, values)
        return values

    def clean_end(self, end: LooseEnd, values: dict) -> None:
        ending = values.get(f"{end.name}-ending", "")
        if not ending and f"{end.name}-ending" not in self.errors:
            self.add_error(f"{end.name}-ending", told_of(end, _("Choose how this ends.")))
        wanted = end.asks.get(ending, ())
        if values.get(f"{end.name}-reason") == OTHER_REASON and "reason" in wanted:
            wanted = (*wanted, "note")
        for name in wanted:
            if not values.get(f"{end.name}-{name}") and f"{end.name}-{name}" not in self.errors:
                self.add_error(f"{end.name}-{name}", told_of(end, needed(name, ending)))

    def values(self) -> dict:
        """The keyword arguments of `close_plan`."""
        found = self.cleaned_data
        closing = {"outcome": found["outcome"], "reason": found["reason"]}
        if found["outcome"] != Outcome.COMPLETED:
            return closing
        return closing | {"answers": {end.name: self.answer_of(end) for end in self.ends}}

    def answer_of(self, end: LooseEnd) -> Answer:
        """What was said of it; what the answer does not ask for is left out."""
        ending = self.cleaned_data[f"{end.name}-ending"]
        said = {name: self.cleaned_data.get(f"{end.name}-{name}") for name in ("note", *end.asks.get(ending, ()))}
        return Answer(ending, **{name: value for name, value in said.items() if value})


# The reason of a service that was never provided which needs words (`services.enums.NeverProvided`).
OTHER_REASON = "other"


def fields_of(end: LooseEnd) -> dict[str, forms.Field]:
    """What is asked of a loose end: how it ends, and what one of the answers needs."""
    found: dict[str, forms.Field] = {
        "ending": forms.ChoiceField(
            label=_("How it ends"),
            choices=[("", _("Choose how this ends")), *end.endings.items()],
            required=False,
            help_text=_("Required for a plan that is completed."),
        ),
        "started_on": DateField(label=_("Started on"), required=False, help_text=_("If it is complete.")),
        "ended_on": DateField(label=_("Ended on"), required=False, help_text=_("If it is complete, or has ended.")),
        "reason": forms.ChoiceField(
            label=_("Why it was never provided"), choices=[("", _("Choose a reason")), *end.reasons], required=False
        ),
        "note": note_field(verified="note" in end.asks.get(Ending.COMPLETE, ())),
    }
    return {name: field for name, field in found.items() if name == "ending" or name in end.asked}


def note_field(*, verified: bool) -> forms.Field:
    """`verified`: of what is complete, it says how that was verified."""
    if verified:
        label, help_text = _("How you verified it, why not, or where it continues"), _("Required for each answer.")
    else:
        label = _("Why, or where it continues")
        help_text = _("If it was not done, ended early, or continues somewhere else.")
    return TextField(label=label, max_length=300, required=False, help_text=help_text)


class NotCompletedForm(ReachedForm):
    adds_a_row = False

    note = CountedTextField(
        label=_("Case note"),
        limit=4000,
        help_text=_("Confirm the contact in which the customer said they will not acknowledge the plan (12.7.7)."),
    )

    field_order = ["note", "contact_on", "contact_method"]


class LegacyPlanForm(PageForm):
    system = TextField(
        label=_("Older system"), max_length=100, help_text=_("Where the plan is kept now, for example ASSET or paper.")
    )
    reference = TextField(label=_("Number of the plan there"), max_length=60, required=False)
    acknowledged_on = DateField(label=_("Last acknowledged there"), required=False)
    acknowledgment = forms.ModelChoiceField(
        label=_("Acknowledgment on file"),
        queryset=Upload.objects.none(),
        required=False,
        empty_label=_("Not uploaded"),
        help_text=_(
            "Upload the acknowledged plan first. If it is on file, or the day of the acknowledgment is known, a "
            "review that changes nothing needs no new acknowledgment (12.7.2)."
        ),
    )
    next_review_on = DateField(
        label=_("Next review"),
        help_text=_("The plan moves here at this review (12.7.2)."),
        error_messages={"required": _("Enter the date of the next review.")},
    )

    def __init__(self, *args, customer, **options):
        super().__init__(*args, **options)
        uploads = Upload.objects.filter(customer=customer, filed_by_system=False)
        self.fields["acknowledgment"].queryset = uploads.order_by("-uploaded_at", "-id")


class DeleteDraftForm(PageForm):
    adds_a_row = False

    reason = TextField(
        label=_("Why you are deleting the draft"),
        max_length=300,
        error_messages={"required": _("Say why you are deleting the draft.")},
    )
