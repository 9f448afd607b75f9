"""The customer and what planners keep about one: enrollments, notes, assessments, uploads."""

from customers.models.answers import (
    ConfidentialAnswer as ConfidentialAnswer,
)
from customers.models.answers import (
    ConfidentialLook as ConfidentialLook,
)
from customers.models.answers import (
    SectionAnswer as SectionAnswer,
)
from customers.models.answers import (
    SectionRecord as SectionRecord,
)
from customers.models.attachments import (
    Attachment as Attachment,
)
from customers.models.calendar_feeds import (
    CalendarFeed as CalendarFeed,
)
from customers.models.notes import (
    CaseNote as CaseNote,
)
from customers.models.notes import (
    CaseNoteAddendum as CaseNoteAddendum,
)
from customers.models.notes import (
    CaseNoteQuerySet as CaseNoteQuerySet,
)
from customers.models.people import (
    ORDER_FOUND as ORDER_FOUND,
)
from customers.models.people import (
    ORDER_LISTED as ORDER_LISTED,
)
from customers.models.people import (
    Customer as Customer,
)
from customers.models.people import (
    CustomerQuerySet as CustomerQuerySet,
)
from customers.models.people import (
    Enrollment as Enrollment,
)
from customers.models.people import (
    in_scope_of as in_scope_of,
)
from customers.models.people import (
    own_records as own_records,
)
from customers.models.people import (
    records_of as records_of,
)
from customers.models.people import (
    sees as sees,
)
from customers.models.programs import (
    LocalInterval as LocalInterval,
)
from customers.models.programs import (
    Program as Program,
)
from customers.models.records import (
    UPLOAD_NAME_LIMIT as UPLOAD_NAME_LIMIT,
)
from customers.models.records import (
    Assessment as Assessment,
)
from customers.models.records import (
    AssessmentSummary as AssessmentSummary,
)
from customers.models.records import (
    AssessmentType as AssessmentType,
)
from customers.models.records import (
    OfCustomerQuerySet as OfCustomerQuerySet,
)
from customers.models.records import (
    Upload as Upload,
)
from customers.models.records import (
    UploadQuerySet as UploadQuerySet,
)
from customers.models.reminders import (
    Reminder as Reminder,
)
from customers.models.saved_views import (
    SavedView as SavedView,
)
from customers.models.scales import (
    AssessmentArea as AssessmentArea,
)
from customers.models.scales import (
    AssessmentLevel as AssessmentLevel,
)
from customers.models.search_words import (
    SearchWord as SearchWord,
)
from customers.models.search_words import (
    SearchWordQuerySet as SearchWordQuerySet,
)
from customers.models.sections import (
    AssessmentSection as AssessmentSection,
)
from customers.models.sections import (
    FieldDefinition as FieldDefinition,
)
from customers.models.sections import (
    SectionField as SectionField,
)
