"""The installation's own signature on filed papers (PAdES), where a key is configured.

It shows anybody who trusts the agency's certificate that the file is as it was filed; the acknowledgment itself is the
record in the database. pyHanko is imported only where there is a key, so that everything else starts without it.
"""

import io
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

if TYPE_CHECKING:
    from pyhanko.sign.signers import SimpleSigner

FIELD = "CareerPlan"
REASON = "The form as it was filed by CareerPlan"


def sealed_pdf(content: bytes) -> bytes:
    """The PDF with an invisible signature over all of it, added behind its bytes; as it came where there is no key."""
    if not settings.FORM_SEAL_KEY_FILE:
        return content
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import PdfSignatureMetadata, PdfSigner
    from pyhanko.sign.fields import InvisSigSettings, SigFieldSpec, SigSeedSubFilter

    about = PdfSignatureMetadata(
        field_name=FIELD, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256", reason=REASON
    )
    # A screen reader is told of no field that nobody can see or fill in (PDF/UA-1, 7.18.1).
    hidden = InvisSigSettings(set_print_flag=False, set_hidden_flag=True, box_out_of_bounds=True)
    field = SigFieldSpec(FIELD, invis_sig_settings=hidden, readable_field_name=REASON)
    signer = PdfSigner(about, signer=key_in_force(), new_field_spec=field)
    sealed: bytes = signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(content))).getvalue()
    return sealed


def key_in_force() -> "SimpleSigner":
    """The key with its certificates.

    Raises:
        ImproperlyConfigured: the file is not there, is no PKCS#12 file with a key, or has another password.
    """
    from pyhanko.sign.signers import SimpleSigner

    path = Path(settings.FORM_SEAL_KEY_FILE)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ImproperlyConfigured(f"FORM_SEAL_KEY_FILE, {path}, can't be read: {error.strerror}.") from error
    try:
        signer: SimpleSigner = SimpleSigner.load_pkcs12_data(
            content, other_certs=(), passphrase=settings.FORM_SEAL_KEY_PASSWORD.encode() or None
        )
        return signer
    except Exception as error:  # the library tells a wrong password and a file of another kind in many ways
        raise ImproperlyConfigured(
            f"FORM_SEAL_KEY_FILE, {path}, is no PKCS#12 file with a key, or FORM_SEAL_KEY_PASSWORD is not its password."
        ) from error


def require_key() -> None:
    """Refuse to start with a key that can't be used: better than at the first paper."""
    if settings.FORM_SEAL_KEY_FILE:
        key_in_force()
