"""What is refused once a PDF is opened, and what is taken however it was sent."""

import io
import random

import pikepdf
import pytest

from careerplan.base.refusals import Refusal
from customers.files import check_upload, content_type_of
from customers.opening import account
from tests.acknowledgments.printed import PLAN, sent_paper
from tests.customers.opened import PRINTER, PRINTER_END, PROGRAM, refusal_of
from tests.real_files import PDF, archive, email_file, pdf_file, word_file


@pytest.mark.parametrize(
    "content",
    [
        PRINTER + PDF + PRINTER_END,
        b"\xef\xbb\xbf" + PDF,
        b"\r\n \x00\x00" + PDF,
        b"FAX 608-555-0100 TO 608-555-0112\x00\x01\x02\x10" * 12 + PDF,
        b"\xff" * 1000 + PDF,
        PDF + b"\x00" * 4096,
        PDF + b"\r\n",
        pdf_file(linearize=True),
        pdf_file(pages=30, object_stream_mode=pikepdf.ObjectStreamMode.generate),
        pdf_file(encryption=pikepdf.Encryption(owner="office", user="")),
    ],
    ids=[
        "printer", "byte order mark", "empty lines", "fax", "1000 bytes", "padded", "empty line after", "for the web",
        "packed", "no printing",
    ],
)  # fmt: skip
def test_a_pdf_is_taken_however_it_was_sent(content):
    check_upload("plan.pdf", content)
    assert content_type_of(content) == "application/pdf"


def test_our_own_paper_is_taken():
    check_upload("plan.pdf", sent_paper(PLAN))


def test_a_pdf_that_begins_too_late_is_none():
    assert refusal_of("plan.pdf", b"\xff" * 1100 + PDF) == "not-what-it-says"


def test_a_pdf_with_a_password_is_refused_with_what_to_do():
    content = pdf_file(encryption=pikepdf.Encryption(owner="office", user="secret"))
    with pytest.raises(Refusal, match="locked") as refused:
        check_upload("plan.pdf", content)
    assert "print it as a PDF without one" in str(refused.value.sentence)


@pytest.mark.parametrize("linear", [False, True])
def test_a_pdf_that_was_cut_short_is_refused_wherever_it_was_cut(linear):
    content = pdf_file(pages=20, linearize=linear)
    end = content.rindex(b"startxref")
    cuts = random.Random(1).sample(range(5, end), 60)
    assert {refusal_of("plan.pdf", content[:cut]) for cut in cuts} == {"unreadable"}


@pytest.mark.parametrize(
    "text",
    ["%PDF-1.7\nDear planner, I agree.\n", "%PDF-1.7 " * 500, "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF"],
)
def test_prose_that_begins_like_a_pdf_is_refused(text):
    assert refusal_of("plan.pdf", text.encode()) == "unreadable"


def test_a_pdf_without_pages_is_refused():
    assert refusal_of("plan.pdf", pdf_file(pages=0)) == "unreadable"


def pdf_with(change, **saved):
    """A PDF of two pages, changed before it is saved."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_file(pages=2))) as document:
        change(document)
        document.save(out, **saved)
    return out.getvalue()


def with_file(name, content, **saved):
    def attach(document):
        document.attachments["paper"] = pikepdf.AttachedFileSpec(document, content, filename=name)

    return pdf_with(attach, **saved)


def with_opening(action):
    return pdf_with(lambda document: document.Root.__setattr__("OpenAction", pikepdf.Object.parse(action)))


def on_a_page(annotation):
    annots = pikepdf.Object.parse(b"[" + annotation + b"]")
    return pdf_with(lambda document: document.pages[1].obj.__setattr__("Annots", annots))


def with_file_on_a_page(document):
    kept = pikepdf.Dictionary(F=document.make_stream(PROGRAM))
    note = pikepdf.Dictionary(Subtype=pikepdf.Name.FileAttachment, FS=pikepdf.Dictionary(F="note.txt", EF=kept))
    document.pages[0].obj.Annots = pikepdf.Array([note])


def with_script_by_name(document):
    script = pikepdf.Object.parse(b"<</Names [(a) <</S /JavaScript /JS (app.alert\\(1\\))>>]>>")
    document.Root.Names = pikepdf.Dictionary(JavaScript=script)


def with_no_scripts(document):
    kids = pikepdf.Array([document.make_indirect(pikepdf.Object.parse(b"<</Names []>>"))])
    document.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Kids=kids))


def with_script_in_a_circle_of_names(document):
    with_script_by_name(document)
    tree = document.make_indirect(pikepdf.Dictionary())
    tree.Kids = pikepdf.Array([tree, document.make_indirect(document.Root.Names.JavaScript)])
    document.Root.Names.JavaScript = tree


def with_actions_in_a_circle(document):
    action = document.make_indirect(pikepdf.Object.parse(b"<</S /GoTo /D [0 /Fit]>>"))
    action.Next = pikepdf.Array([action, action])
    document.Root.OpenAction = action


def on_its_own(key, action):
    """What the whole document does by itself."""
    return pdf_with(
        lambda document: document.Root.__setattr__("AA", pikepdf.Object.parse(b"<<%s %s>>" % (key, action)))
    )


def on_showing_a_page(key, action):
    def change(document):
        document.pages[1].obj.AA = document.make_indirect(pikepdf.Object.parse(b"<<%s %s>>" % (key, action)))

    return pdf_with(change)


def with_a_field(document):
    field = document.make_indirect(pikepdf.Object.parse(FIELD))
    document.pages[0].obj.Annots = pikepdf.Array([field])
    document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))


SCRIPT = b"<</S /JavaScript /JS (app.alert)>>"
LAUNCH = b"<</S /Launch /F (cmd.exe)>>"
FIELD = b"<</Type /Annot /Subtype /Widget /FT /Tx /T (day) /Rect [0 0 9 9] /AA <</F %s /K %s /V %s /C %s>>>>" % (
    (SCRIPT,) * 4
)
GO_TO = b"<</S /GoTo /D [0 /Fit] /Next %s>>"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (with_file("setup.exe", b"..."), "program-inside"),
        (with_file("note.txt", PROGRAM), "program-inside"),
        (pdf_with(with_file_on_a_page), "program-inside"),
        (with_file("form.docm", b"..."), "macros"),
        (with_file("form.docx", word_file(**{"word/vbaProject.bin": b"macros"})), "macros"),
        (with_file("many.zip", archive({"a.txt": b"\0" * 60_000_000})), "unpacks-to-too-much"),
        (with_file("mail.eml", email_file(("a.exe", b"..."))), "program-inside"),
        (with_opening(SCRIPT), "runs-by-itself"),
        (with_opening(LAUNCH), "runs-by-itself"),
        (with_opening(GO_TO % SCRIPT), "runs-by-itself"),
        (with_opening(GO_TO % (b"[" + SCRIPT + b"]")), "runs-by-itself"),
        (pdf_with(with_script_by_name), "runs-by-itself"),
        (pdf_with(with_script_by_name, object_stream_mode=pikepdf.ObjectStreamMode.generate), "runs-by-itself"),
        (PRINTER + pdf_with(with_script_by_name) + PRINTER_END, "runs-by-itself"),
        (on_a_page(b"<</Subtype /Link /A %s>>" % LAUNCH), "runs-by-itself"),
        (on_a_page(b"<</Subtype /Link /AA <</PO %s>>>>" % LAUNCH), "runs-by-itself"),
        (on_a_page(b"<</Subtype /Screen /AA <</PO %s>>>>" % SCRIPT), "runs-by-itself"),
        (on_a_page(b"<</Subtype /Screen /AA <</PV %s>>>>" % SCRIPT), "runs-by-itself"),
        (on_its_own(b"/WP", SCRIPT), "runs-by-itself"),
        (on_its_own(b"/DS", GO_TO % SCRIPT), "runs-by-itself"),
        (on_showing_a_page(b"/O", SCRIPT), "runs-by-itself"),
        (on_showing_a_page(b"/C", GO_TO % (b"[" + SCRIPT + b"]")), "runs-by-itself"),
        (on_showing_a_page(b"/O", b"<</S /Rendition /JS (app.alert)>>"), "runs-by-itself"),
        (pdf_with(with_script_in_a_circle_of_names), "runs-by-itself"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_pdf_is_looked_into(content, code):
    assert refusal_of("plan.pdf", content) == code


@pytest.mark.parametrize(
    "content",
    [
        with_opening(b"<</S /GoTo /D [0 /Fit]>>"),
        with_opening(b"[0 /Fit]"),
        with_file("data.xml", b"<plan/>"),
        with_file("form.docx", word_file()),
        on_a_page(b"<</Subtype /Link /A <</S /URI /URI (https://example.org)>>>>"),
        pdf_with(with_a_field),
        pdf_with(with_no_scripts),
        pdf_with(with_actions_in_a_circle),
        on_showing_a_page(b"/O", b"<</S /GoTo /D [0 /Fit]>>"),
        on_a_page(b"<</Subtype /Link /AA <</E %s /Fo %s>>>>" % (SCRIPT, SCRIPT)),
    ],
    ids=[
        "goes to a page",
        "begins at a page",
        "data",
        "a document",
        "a link",
        "a form that adds and writes days",
        "no scripts",
        "a circle",
        "a page that goes on",
        "a field that is entered",
    ],
)
def test_an_ordinary_pdf_is_taken(content):
    check_upload("plan.pdf", content)


def test_a_form_with_scripts_is_told_to_be_printed():
    with pytest.raises(Refusal) as refused:
        check_upload("form.pdf", pdf_with(with_script_by_name))
    assert str(refused.value.sentence) == (
        "This PDF runs a script or a program, so we can't accept it. Forms that are filled in on screen may do so. "
        "Print it as a PDF, and upload that."
    )


PACKED_OR_NOT = pytest.mark.parametrize("packed", [True, False])


@PACKED_OR_NOT
def test_a_document_that_hangs_on_a_pdf_is_looked_into_whether_it_is_packed_or_not(packed):
    check_upload("plan.pdf", with_file("resume.docx", word_file(), compress_streams=packed))
    harmful = word_file(**{"word/vbaProject.bin": b"macros"})
    assert refusal_of("plan.pdf", with_file("resume.docx", harmful, compress_streams=packed)) == "macros"


def with_a_stream(content):
    def change(document):
        document.pages[0].obj.Piece = document.make_stream(content)

    return change


def test_a_large_archive_behind_a_pdf_is_told_as_hidden():
    behind = archive({"x.bin": random.Random(1).randbytes(9_000)})
    assert refusal_of("plan.pdf", PDF + behind) == "two-files-in-one"


def test_an_archive_that_does_not_hang_on_it_is_hidden():
    hidden = archive({"x.txt": "hidden"})
    assert refusal_of("plan.pdf", pdf_with(with_a_stream(hidden), compress_streams=False)) == "two-files-in-one"

    def beside_another(document):
        document.attachments["paper"] = pikepdf.AttachedFileSpec(document, word_file(), filename="resume.docx")
        with_a_stream(hidden)(document)

    assert refusal_of("plan.pdf", pdf_with(beside_another, compress_streams=False)) == "two-files-in-one"


def test_a_pdf_of_too_many_objects_is_refused(monkeypatch):
    monkeypatch.setattr(account, "MAX_OBJECTS_OF_PDFS", 20)
    check_upload("plan.pdf", pdf_file(pages=2))
    assert refusal_of("plan.pdf", pdf_file(pages=30)) == "unreadable"
