"""The HTTP API of the feed: /api/v1/services/ (docs/feed.md, docs/adr/0025-an-api-for-other-systems.md).

A source is known by its bearer token, and reads and writes its own records alone. Errors are problem+json.
"""

import json
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.request import RawPostDataException
from django.urls import include
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.parser import Parser
from ninja.security import HttpBearer

from careerplan.accounts.tries import Budget, counted, network_of
from careerplan.base import clock
from careerplan.base.events import note_event
from careerplan.base.problems import FIRST_ERROR, PROBLEM, problem
from careerplan.base.refusals import Refusal
from services.feed.enums import Way
from services.feed.models import FeedRecord, FeedSource
from services.feed.schemas import EntryOut, ExternalId, Problem, RecordIn, RecordOut, RecordsIn, ReportOut
from services.feed.taking import Report, note_run, take
from services.feed.tokens import source_of
from services.models import Service

JSON = "application/json"
ONLY_JSON = gettext_lazy("Send JSON, with the header “Content-Type: application/json”.")
MINUTE = timedelta(minutes=1)
# Calls that write, of one source; and calls with a token that is nobody's, from one address.
CALLS = (Budget(120, MINUTE),)
STRANGERS = (Budget(60, MINUTE),)
BEARER = {"WWW-Authenticate": 'Bearer realm="services"'}
WRITES = "POST"


class TooMany(Exception):
    """The budget is used up."""


class Token(HttpBearer):
    """Of a source. Each call that writes is counted before its body is read; a token that is nobody's is told as an
    event, too. Reading counts nothing."""

    def authenticate(self, request: HttpRequest, token: str) -> FeedSource | None:
        source = source_of(token)
        if source is None:
            note_event("feed-token-wrong", request)
            spend(request, "stranger", network_of(request), STRANGERS)
        else:
            spend(request, "source", str(source.pk), CALLS)
        return source


def spend(request: HttpRequest, kind: str, whose: str, budgets: tuple[Budget, ...]) -> None:
    """Raises TooMany."""
    if request.method == WRITES and counted({("feed", kind, whose): budgets}, at=clock.now()).is_over:
        raise TooMany


class OnlyJson(Parser):
    def parse_body(self, request: HttpRequest) -> Any:
        """Raises HttpError for another kind of content, or one that is no JSON."""
        if request.content_type != JSON:
            raise HttpError(415, str(ONLY_JSON))
        try:
            return json.loads(request.body)
        except (ValueError, RecursionError) as error:
            raise HttpError(400, _("What was sent is no JSON.")) from error


class FeedApi(NinjaAPI):
    """Its description says that errors are problem+json."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**options)
        for operations in schema["paths"].values():
            for operation in operations.values():
                for status, answer in operation["responses"].items():
                    if int(status) >= FIRST_ERROR:
                        [(_kind, described)] = answer["content"].items()
                        answer["content"] = {PROBLEM: described}
        return schema


api = FeedApi(
    title="CareerPlan: services from other systems",
    version="1",
    description="A source writes the services that its system knows of customers, with a bearer token of its own.",
    docs_url=None,
    docs_decorator=require_safe,  # of the description
    urls_namespace="feed-api",
    auth=Token(),
    parser=OnlyJson(),
)
PROBLEMS = dict.fromkeys((400, 401, 422), Problem)


@api.post("/", response={200: ReportOut} | PROBLEMS | dict.fromkeys((409, 413, 415, 429), Problem), url_name="api-root")
def write_records(request: HttpRequest, said: RecordsIn) -> dict[str, Any]:
    """File up to 1,000 records. Each is known by its external ID: sent again it replaces what was said before, and
    where nothing changed, nothing is written. Records that can't be filed are listed; the others stand."""
    source: FeedSource = request.auth  # type: ignore[attr-defined]
    at = clock.now()
    facts = enumerate(record.facts() for record in said.records)
    report = take(source, facts, by=None, at=at)
    note_run(source, report, way=Way.API, begun_at=at, by=None, at=clock.now())
    return as_answer(report)


def as_answer(report: Report) -> dict[str, Any]:
    counts = {name: getattr(report, name) for name in ("new", "changed", "unchanged", "refused", "unmapped")}
    return counts | {
        "faults": [
            {"index": fault.place, "detail": fault.sentence}
            | {name: getattr(fault, name) for name in ("external_id", "code", "field")}
            for fault in report.faults
        ]
    }


@api.get("/record/", response={200: RecordOut} | PROBLEMS | {404: Problem}, url_name="record")
def read_record(request: HttpRequest, external_id: ExternalId) -> Any:
    """One of the source's own records, and what was decided about it."""
    source: FeedSource = request.auth  # type: ignore[attr-defined]
    rows = FeedRecord.objects.filter(source=source).select_related("customer", "service")
    row = rows.filter(external_id=external_id.strip()).first()
    if row is None:
        raise HttpError(404, _("You sent no record with this external ID."))
    own = {name: getattr(row, name) for name in RecordIn.model_fields if name not in ("participant_id", "service")}
    meant = row.service.code if row.service else None
    said = {"service": row.service_code or meant, "catalog_service": meant}
    return own | said | {"participant_id": row.customer.state_id, "state": row.state}


@api.get("/catalog/", response={200: list[EntryOut]} | {401: Problem}, url_name="catalog")
def read_catalog(request: HttpRequest) -> Any:
    """The codes by which services are known."""
    return list(Service.objects.filter(is_active=True).order_by("code").values("code", "name"))


@api.exception_handler(AuthenticationError)
def no_token(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    sentence = _("Send the token of a source, as “Authorization: Bearer ...”. This one is missing, wrong or revoked.")
    return problem(401, sentence, code="token", headers=BEARER)


@api.exception_handler(TooMany)
def too_many(request: HttpRequest, error: TooMany) -> HttpResponse:
    sentence = _("Too many calls. Wait a minute, and send more records in each.")
    return problem(429, sentence, code="too-many", headers={"Retry-After": str(int(MINUTE.total_seconds()))})


@api.exception_handler(HttpError)
def not_taken(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Ninja says of all that the parser raises that it can't be parsed: what was raised says more."""
    said = error.__cause__ if isinstance(error.__cause__, HttpError) else error
    return problem(said.status_code, str(said))


@api.exception_handler(RawPostDataException)
def a_form(request: HttpRequest, error: RawPostDataException) -> HttpResponse:
    """It was read as a form with files, as that is what it said it is."""
    return problem(415, str(ONLY_JSON))


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return problem(refusal.status, str(refusal.sentence), code=refusal.code)


@api.exception_handler(ValidationError)
def not_as_described(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Nothing of the call was filed. The pointers (RFC 6901) lead to what is wrong."""
    errors = [{"pointer": pointer_to(one["loc"]), "detail": one["msg"]} for one in error.errors[:MOST_TOLD]]
    sentence = _("What was sent is not as the description says. Nothing was filed.")
    return problem(422, sentence, code="not-as-described", errors=errors)


MOST_TOLD = 100


def pointer_to(place: tuple[Any, ...]) -> str:
    """Without where ninja looked for it: `body`, and the name of our parameter."""
    parts = [str(part) for part in place if part not in ("body", "said")]
    return "".join(f"/{part.replace('~', '~0').replace('/', '~1')}" for part in parts) or "/"


urls, _app, namespace = api.urls
for address in urls:
    address.callback.login_required = False  # type: ignore[union-attr]  # who calls has a token, and signs in nowhere
# The last one only says where the description is, which docs/feed.md says.
addresses = include((urls[:-1], "feed-api"), namespace=namespace)
