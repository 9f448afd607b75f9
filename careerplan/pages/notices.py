"""How a person is told that something waits: e-mails at once or once a day, and text messages."""

from django import forms
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from careerplan.base import clock
from careerplan.base.fields import TextField
from careerplan.base.forms import PageForm
from careerplan.base.pages import answered, form_page
from careerplan.messaging import texts
from careerplan.messaging.choices import choose

AT_ONCE, DAILY = "at-once", "daily"


class NoticesForm(PageForm):
    adds_a_row = False

    emails = forms.ChoiceField(
        label=gettext_lazy("E-mails"),
        choices=[(AT_ONCE, gettext_lazy("Each one at once")), (DAILY, gettext_lazy("All in one e-mail each morning"))],
        widget=forms.RadioSelect,
        help_text=gettext_lazy("What you have to sign is always sent at once."),
    )
    by_text = forms.BooleanField(
        label=gettext_lazy("Yes, send me text messages"),
        required=False,
        help_text=gettext_lazy(
            "A text message only says that something is waiting for you. You get one a day at most. Your phone company "
            "may charge you for it. You can stop them here at any time."
        ),
    )
    number = TextField(
        label=gettext_lazy("Mobile phone"),
        max_length=30,
        required=False,
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
    )

    def __init__(self, *args, person, **options):
        chosen = {
            "emails": DAILY if person.emails_daily else AT_ONCE,
            "by_text": bool(person.text_messages_to),
            "number": person.text_messages_to or person.phone,
        }
        super().__init__(*args, initial=chosen, **options)
        if not (person.is_customer and texts.are_sent()):
            self.leave_out("by_text", "number")

    def clean(self):
        super().clean()
        if self.cleaned_data.get("by_text") and "number" in self.cleaned_data and not self.cleaned_data["number"]:
            self.add_error("number", _("Enter the number of your mobile phone."))

    @property
    def text_messages_to(self) -> str:
        return self.cleaned_data["number"] if self.cleaned_data.get("by_text") else ""


@require_http_methods(["GET", "POST"])
def notices(request):
    """One's own choice; everybody has one."""
    person = request.user
    form = NoticesForm(request.POST or None, person=person)

    def act():
        daily = form.cleaned_data["emails"] == DAILY
        choose(person, emails_daily=daily, text_messages_to=form.text_messages_to, by=person, at=clock.now())

    if answered(request, form, act, _("Your choice was saved.")):
        return redirect("notices")
    return form_page(request, "careerplan/notices.html", form, {"nav_section": ""})
