"""The customer's own desired career path: changed at any time (ILL-040 to ILL-044)."""

from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from careerplan.base.pages import form_page
from careerplan.pages.my import own_customer
from goals.careers.paths import path_and_change
from goals.careers.views import occupation_chosen, occupation_context, path_context, path_saved
from goals.forms import WishesForm


@require_http_methods(["GET", "POST"])
def my_career_path(request):
    """The two occupations are chosen by a search of their own; the form has the pathway and the pay."""
    customer = own_customer(request)
    path, changed = path_and_change(customer)
    form = WishesForm(request.POST or None, row=path)
    if path_saved(request, customer, form):
        return redirect("my:career-path")
    context = path_context(customer, path, changed) | {"customer": customer, "nav_section": "my"}
    return form_page(request, "careerplan/my_career_path.html", form, context)


@require_http_methods(["GET", "POST"])
def my_career_path_occupation(request, which):
    customer = own_customer(request)
    if occupation_chosen(request, customer, which):
        return redirect("my:career-path")
    context = occupation_context(request, customer, which) | {"customer": customer, "nav_section": "my"}
    context["choose_url"] = reverse("my:career-path-occupation", args=[which])
    template = "goals/_occupations.html" if request.htmx else "careerplan/my_career_path_occupation.html"
    return form_page(request, template, WishesForm(), context)
