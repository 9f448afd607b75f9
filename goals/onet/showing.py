"""What pages say of occupations by the newest release of O*NET, with its attribution."""

from collections.abc import Collection
from typing import NamedTuple

from goals.enums import JobZone
from goals.onet.models import OnetOccupation, OnetRelease


class Shown(NamedTuple):
    """Job zones by the SOC code of occupations, and the release they are of (None: none was imported)."""

    zones: dict[str, JobZone]
    release: OnetRelease | None


def shown_of(codes: Collection[str]) -> Shown:
    """One question; where an occupation has parts alone (29-1299.01), it has no zone of its own."""
    release = OnetRelease.objects.order_by("-number").first() if codes else None
    if release is None:
        return Shown({}, None)
    rows = OnetOccupation.objects.current().exclude(job_zone=None)
    wanted = rows.filter(code__in=[f"{code}.00" for code in codes]).values_list("occupation__code", "job_zone")
    return Shown({code: JobZone(zone) for code, zone in wanted}, release)
