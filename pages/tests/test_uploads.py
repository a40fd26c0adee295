"""What an uploaded file may be, told by its content."""

import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from common.errors import Refused
from pages import uploads
from pages.uploads import check_upload

GPS_INFO = 0x8825
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def jpeg(size: tuple[int, int] = (64, 48), gps: tuple[float, float] | None = None) -> bytes:
    """A small photo, with a place in its metadata if asked."""
    image, made = Image.new("RGB", size, "gray"), BytesIO()
    exif = Image.Exif()
    if gps:
        exif[0x010F] = "Camera maker"
        place = exif.get_ifd(GPS_INFO)
        place[1], place[2] = "N", (gps[0], 0.0, 0.0)
        place[3], place[4] = "E", (gps[1], 0.0, 0.0)
    image.save(made, "JPEG", exif=exif)
    return made.getvalue()


def sent(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def docx() -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("word/document.xml", "<w:document/>")
    return made.getvalue()


def test_a_photo_is_accepted_with_its_hash_and_a_viewing_copy() -> None:
    checked = check_upload(sent("hall.JPG", jpeg()))
    assert checked.content_type == "image/jpeg"
    assert len(checked.sha256) == 64
    assert checked.viewing


def test_the_viewing_copy_says_neither_where_nor_with_what() -> None:
    checked = check_upload(sent("hall.jpg", jpeg(gps=(49.9, 82.6))))
    assert checked.gps == (49.9, 82.6)
    shown = Image.open(BytesIO(checked.viewing or b""))
    assert not dict(shown.getexif())
    assert b"Camera maker" not in (checked.viewing or b"")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.jpg", b"<!doctype html><script>alert(1)</script>"),
        ("page.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>"),
        ("cut.jpg", jpeg((640, 480))[:-900]),
        ("noise.webp", bytes(range(256)) * 8),
        ("letter.pdf", b"PK\x03\x04 not a pdf"),
        ("letter.docx", b"%PDF-1.7"),
        ("notes.txt", b"<html><body>hello</body></html>"),
        ("table.csv", b"a,b\x00c"),
        ("setup.exe", b"MZ\x90\x00"),
        ("page.html", b"<p>hello</p>"),
        ("nothing.jpg", b""),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(Refused) as refused:
        check_upload(sent(name, content))
    assert name in str(refused.value)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("letter.pdf", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF", "application/pdf"),
        ("notes.txt", "Қарағанды, шу".encode(), "text/plain"),
        ("old.csv", "счётчик;кВт".encode("cp1251"), "text/plain"),
        ("act.docx", docx(), DOCX),
    ],
)  # fmt: skip
def test_documents_are_told_by_their_content(name: str, content: bytes, kind: str) -> None:
    assert check_upload(sent(name, content)).content_type == kind


def test_a_20_mb_photo_is_refused_with_both_sizes() -> None:
    with pytest.raises(Refused) as refused:
        check_upload(sent("big.jpg", jpeg() + b"\x00" * (20 * uploads.MIB)))
    assert "20.0" in str(refused.value)
    assert "10.0" in str(refused.value)


def test_a_picture_that_would_fill_the_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "PIXELS", 1000)
    with pytest.raises(Refused):
        check_upload(sent("bomb.jpg", jpeg((100, 100))))


def test_a_path_in_the_name_is_dropped() -> None:
    assert check_upload(sent("../../etc/passwd.txt", b"hello")).name == "passwd.txt"
