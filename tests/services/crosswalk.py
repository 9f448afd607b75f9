"""Codes of services in other systems, as an administrator enters them."""

from careerplan.base.history import record
from services.crosswalk.models import ServiceCrosswalk
from services.models import Service
from tests import states


def crosswalk_row(service="TR-OST", *, system="IWDS", code="117"):
    row = ServiceCrosswalk(service=Service.objects.get(code=service), system=system, code=code)
    record(row, by=None, at=states.now())
    return row
