"""The page on which staff check a paper."""

from django.views.decorators.http import require_http_methods

from acknowledgments.filing.checking import check_code, check_file
from acknowledgments.forms.checking import CheckForm
from careerplan.base.bodies import takes_files
from careerplan.base.pages import form_page
from careerplan.base.refusals import Refusal
from customers.pages import require_staff


@takes_files
@require_http_methods(["GET", "POST"])
def check(request):
    """The answer stands on the same page; neither the question nor the file is kept."""
    require_staff(request)
    form = CheckForm(request.POST, request.FILES) if request.method == "POST" else CheckForm()
    answer = None
    if form.is_bound and form.is_valid():
        try:
            answer = answer_to(form.cleaned_data, request.user)
        except Refusal as refusal:
            form.refuse(refusal)
    return form_page(request, "acknowledgments/check.html", form, {"answer": answer, "nav_section": "check"})


def answer_to(values, user):
    return check_file(values["file"], user=user) if values["file"] else check_code(values["code"], user=user)
