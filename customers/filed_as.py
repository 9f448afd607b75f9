"""How an upload is filed that nobody filed by hand: its category, document type and purpose."""

from typing import Any

from customers.enums import DocumentType, Purpose, UploadCategory

# A file that came with a message or with a step, until staff file it otherwise.
ANYTHING: dict[str, Any] = {
    "category": UploadCategory.OTHER,
    "document_type": DocumentType.OTHER,
    "purpose": Purpose.OTHER,
}
# The result of an assessment (12.7.5, Job Fit, step 2; WIS-049).
ASSESSMENT: dict[str, Any] = {
    "category": UploadCategory.TITLE_1,
    "document_type": DocumentType.ASSESSMENTS,
    "purpose": Purpose.ASSESSMENT,
}
# The plan itself, as the product made it or as it came back signed (12.7.6).
EMPLOYMENT_PLAN: dict[str, Any] = {
    "category": UploadCategory.TITLE_1,
    "document_type": DocumentType.EMPLOYMENT_PLAN,
    "purpose": Purpose.EMPLOYMENT_PLAN,
}
