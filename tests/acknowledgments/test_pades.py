"""Filed papers are signed where a key is configured: the file is whole, its words and its tags are what they were."""

import io
import os
import subprocess
import sys
from datetime import timedelta

import pikepdf
import pytest
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings as product
from django.core.exceptions import ImproperlyConfigured
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from acknowledgments.filing.checking import code_in
from acknowledgments.paper.signature import FIELD, REASON, require_key, sealed_pdf
from careerplan.base import clock
from customers.stored import content_of
from tests import states
from tests.acknowledgments.printed import PLAN, agreed_paper, broken_rules, sent_paper, text_of
from tests.people import lucia, north_planner

PASSWORD = "only for this test"


@pytest.fixture(scope="session")
def certificate_and_key():
    """A throw-away certificate that vouches for itself."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "A state workforce agency")])
    now = clock.now()
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign", "encipher_only",
         "decipher_only"), False,
    )  # fmt: skip
    usage = x509.KeyUsage(digital_signature=True, content_commitment=True, **usage)
    builder = builder.add_extension(usage, critical=True)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    return builder.sign(key, hashes.SHA256()), key


@pytest.fixture(scope="session")
def key_file(certificate_and_key, tmp_path_factory):
    certificate, key = certificate_and_key
    path = tmp_path_factory.mktemp("key") / "agency.p12"
    locked = BestAvailableEncryption(PASSWORD.encode())
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"agency", key, certificate, None, locked))
    return path


@pytest.fixture
def with_key(settings, key_file):
    settings.FORM_SEAL_KEY_FILE, settings.FORM_SEAL_KEY_PASSWORD = str(key_file), PASSWORD


def signatures(pdf):
    return PdfFileReader(io.BytesIO(pdf)).embedded_signatures


def validated(signature, certificate):
    der = certificate.public_bytes(Encoding.DER)
    trusted = ValidationContext(trust_roots=[asn1_x509.Certificate.load(der)], allow_fetching=False)
    return validate_pdf_signature(signature, trusted)


def ua_part(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as opened, opened.open_metadata() as words:
        return words["pdfuaid:part"]


# --- with a key -------------------------------------------------------------------------------


@pytest.mark.usefixtures("with_key")
def test_a_sealed_form_is_whole_and_the_agencys(certificate_and_key):
    (signature,) = signatures(sealed_pdf(agreed_paper(PLAN)))
    status = validated(signature, certificate_and_key[0])
    assert (status.intact, status.valid, status.trusted) == (True, True, True)
    assert status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    assert signature.field_name == FIELD
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert signature.sig_object["/Reason"] == REASON


@pytest.mark.usefixtures("with_key")
@pytest.mark.parametrize("paper", [agreed_paper, sent_paper])
def test_sealing_adds_behind_the_form_and_changes_nothing_of_it(paper):
    plain = paper(PLAN)
    sealed = sealed_pdf(plain)
    assert sealed.startswith(plain)
    assert text_of(sealed) == text_of(plain)
    assert code_in(sealed) == code_in(plain) != ""


@pytest.mark.usefixtures("with_key")
def test_a_sealed_form_keeps_every_rule_of_pdf_ua():
    sealed = sealed_pdf(agreed_paper(PLAN))
    assert ua_part(sealed) == "1"
    assert broken_rules(sealed) == []


@pytest.mark.usefixtures("with_key")
def test_a_changed_byte_breaks_the_seal(certificate_and_key):
    sealed = sealed_pdf(sent_paper(PLAN))
    place = sealed.index(b"/Keywords")
    changed = sealed[:place] + b"/keywords" + sealed[place + 9 :]
    (signature,) = signatures(changed)
    assert not validated(signature, certificate_and_key[0]).intact


@pytest.mark.django_db
@pytest.mark.usefixtures("with_key")
def test_filed_forms_are_sealed_and_drafts_are_not(client, certificate_and_key):
    client.force_login(north_planner())
    address = f"/customers/{lucia().pk}/plan/form.pdf"
    assert signatures(client.get(address).content) == []
    request = states.told(states.sent(states.newest(lucia())))
    (signature,) = signatures(content_of(request.seal.papers.get().upload))
    assert validated(signature, certificate_and_key[0]).intact
    assert signatures(client.get(address).content) != []


# --- without a key, and with a wrong one ------------------------------------------------------


def test_without_a_key_a_form_stays_as_it_is(settings):
    assert settings.FORM_SEAL_KEY_FILE == ""
    plain = sent_paper(PLAN)
    assert sealed_pdf(plain) is plain
    require_key()


def test_a_key_without_a_password_is_taken(settings, tmp_path, certificate_and_key):
    certificate, key = certificate_and_key
    path = tmp_path / "open.p12"
    path.write_bytes(pkcs12.serialize_key_and_certificates(None, key, certificate, None, NoEncryption()))
    settings.FORM_SEAL_KEY_FILE, settings.FORM_SEAL_KEY_PASSWORD = str(path), ""
    require_key()
    assert signatures(sealed_pdf(sent_paper(PLAN)))


def test_a_key_file_that_is_not_there_is_named(settings, tmp_path):
    settings.FORM_SEAL_KEY_FILE = str(tmp_path / "none.p12")
    with pytest.raises(ImproperlyConfigured, match=r"none\.p12, can't be read: No such file or directory\.$"):
        require_key()


@pytest.mark.parametrize("password", ["", "another"])
def test_a_wrong_password_is_told(settings, with_key, password):
    settings.FORM_SEAL_KEY_PASSWORD = password
    with pytest.raises(ImproperlyConfigured, match="FORM_SEAL_KEY_PASSWORD is not its password"):
        require_key()


def certificate_alone(certificate):
    return pkcs12.serialize_key_and_certificates(None, None, certificate, None, NoEncryption())


@pytest.mark.parametrize("content", [lambda _certificate: b"no key", certificate_alone], ids=["text", "no key in it"])
def test_a_file_that_holds_no_key_is_told(settings, tmp_path, certificate_and_key, content):
    path = tmp_path / "key.p12"
    path.write_bytes(content(certificate_and_key[0]))
    settings.FORM_SEAL_KEY_FILE, settings.FORM_SEAL_KEY_PASSWORD = str(path), ""
    with pytest.raises(ImproperlyConfigured, match="is no PKCS#12 file with a key"):
        require_key()


def started(**environment):
    """What becomes of a process that starts with these variables."""
    program = "import django, sys; django.setup(); print([name for name in sys.modules if name == 'pyhanko'])"
    whole = {**os.environ, "DJANGO_SETTINGS_MODULE": "careerplan.settings", **environment}
    return subprocess.run(
        [sys.executable, "-c", program], cwd=product.BASE_DIR, env=whole, capture_output=True, text=True, check=False
    )


def test_a_process_with_a_wrong_password_does_not_start(key_file):
    done = started(FORM_SEAL_KEY_FILE=str(key_file), FORM_SEAL_KEY_PASSWORD="another")
    assert done.returncode != 0
    assert "FORM_SEAL_KEY_PASSWORD is not its password" in done.stderr


def test_a_process_without_a_key_does_not_load_the_library():
    assert started(FORM_SEAL_KEY_FILE="").stdout.strip() == "[]"
