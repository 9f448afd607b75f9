"""The number by which the log names the present request, for the pages of faults."""

from django import template

from careerplan.base.logs import present_number

register = template.Library()
register.simple_tag(present_number, name="request_number")
