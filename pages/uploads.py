"""Judges an uploaded file by its content and makes the copy of a photo that people look at."""

import hashlib
import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from typing import IO, TYPE_CHECKING

import puremagic
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError
from PIL.ExifTags import GPS, IFD

from common.errors import Refused

if TYPE_CHECKING:
    from django.core.files.base import File

MIB = 1024 * 1024
PHOTO_BYTES: int = getattr(settings, "UPLOAD_PHOTO_BYTES", 10 * MIB)
FILE_BYTES: int = getattr(settings, "UPLOAD_FILE_BYTES", 20 * MIB)
MAX_FILES: int = getattr(settings, "UPLOAD_FILES", 10)
PIXELS = 50_000_000  # a decoded photo of this size takes 150 MB
VIEWING_SIDE = 2560
NAME_LENGTH = 150

PHOTOS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
PHOTO_NAMES = {".jpg", ".jpeg", ".jpe", ".png", ".webp"}
# What puremagic may answer, and the names under which such a file may come.
DOCUMENTS: dict[str, set[str]] = {
    "application/pdf": {".pdf"},
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": {".docx"},
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": {".xlsx"},
    "video/mp4": {".mp4", ".m4v"},
    "text/plain": {".txt", ".csv", ".eml", ".log"},
}
OOXML = {".docx": "word/", ".xlsx": "xl/"}
MARKUP = re.compile(rb"<\s*(!doctype|html|script|svg|\?xml|body|iframe)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be kept. ``viewing`` is a JPEG without metadata, for photos only."""

    name: str
    content_type: str
    size: int
    sha256: str
    viewing: bytes | None = None
    gps: tuple[float, float] | None = None


def check_upload(upload: "File[bytes]") -> Checked:
    """What the file is, told by its content. Raises ``Refused`` with what to do instead."""
    name = get_valid_filename(PurePath(upload.name or "file").name)[-NAME_LENGTH:]
    size = upload.size
    _refuse_if(not size, _("%(name)s is empty. Choose the file again."), name=name)
    looks_like_photo = PurePath(name).suffix.lower() in PHOTO_NAMES
    limit = PHOTO_BYTES if looks_like_photo else max(PHOTO_BYTES, FILE_BYTES)
    _refuse_if(
        size > limit,
        _("%(name)s is %(size)s; at most %(limit)s is accepted. Send a smaller copy."),
        name=name,
        size=filesizeformat(size),
        limit=filesizeformat(limit),
    )
    upload.seek(0)
    content = upload.read()
    digest = hashlib.sha256(content).hexdigest()
    if looks_like_photo:
        kind, viewing, gps = _photo(content, name)
        return Checked(name, kind, size, digest, viewing, gps)
    return Checked(name, _document(content, name), size, digest)


def digest_of(stream: IO[bytes]) -> str:
    """SHA-256 of a stored file, to show that it is still the one that came in."""
    digest = hashlib.sha256()
    stream.seek(0)
    while part := stream.read(MIB):
        digest.update(part)
    return digest.hexdigest()


def _refuse_if(wrong: object, message: str, **params: object) -> None:
    if wrong:
        raise Refused(message % params, field="files")


def _photo(content: bytes, name: str) -> tuple[str, bytes, tuple[float, float] | None]:
    not_a_photo = _(
        "%(name)s is named like a photo, but its content is not a JPEG, PNG or WebP picture. "
        "Send the photo itself."
    )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(BytesIO(content), formats=list(PHOTOS))
            kind = PHOTOS[image.format or ""]
            if image.width * image.height > PIXELS:
                raise Image.DecompressionBombError
            gps = _gps(image)
            return kind, _for_viewing(image), gps
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
        OSError,
        ValueError,
        SyntaxError,
        KeyError,
    ) as problem:
        raise Refused(not_a_photo % {"name": name}, field="files") from problem


def _for_viewing(image: Image.Image) -> bytes:
    """Upright, at most 2560 px, JPEG; a new file, so neither place nor camera goes with it."""
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((VIEWING_SIDE, VIEWING_SIDE))
    plain = Image.new("RGB", upright.size, "white")
    rgba = upright.convert("RGBA")
    plain.paste(rgba, mask=rgba.getchannel("A"))
    made = BytesIO()
    plain.save(made, "JPEG", quality=85, optimize=True)
    return made.getvalue()


def _gps(image: Image.Image) -> tuple[float, float] | None:
    """Where the photo says it was taken, in degrees; None when it does not say."""
    place = image.getexif().get_ifd(IFD.GPSInfo)
    try:
        lat = _degrees(place[GPS.GPSLatitude]) * (-1 if place[GPS.GPSLatitudeRef] == "S" else 1)
        lon = _degrees(place[GPS.GPSLongitude]) * (-1 if place[GPS.GPSLongitudeRef] == "W" else 1)
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None
    return (round(lat, 6), round(lon, 6)) if abs(lat) <= 90 and abs(lon) <= 180 else None  # noqa: PLR2004 (the globe's own bounds)


def _degrees(parts: tuple[float, float, float]) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    return degrees + minutes / 60 + seconds / 3600


def _document(content: bytes, name: str) -> str:
    suffix = PurePath(name).suffix.lower()
    for kind, names in DOCUMENTS.items():
        if suffix in names:
            _refuse_if(
                not _TESTS.get(suffix, _is_text)(content),
                _("%(name)s does not hold what its name says. Send the file itself, not renamed."),
                name=name,
            )
            return kind
    raise Refused(
        _(
            "%(name)s: this kind of file is not accepted. Photos (JPEG, PNG, WebP), PDF, DOCX, "
            "XLSX, MP4 and text are."
        )
        % {"name": name},
        field="files",
    )


def _guesses(content: bytes) -> set[str]:
    try:
        return {match.mime_type for match in puremagic.magic_string(content)}
    except (puremagic.PureError, ValueError):
        return set()


def _is_pdf(content: bytes) -> bool:
    return content.startswith(b"%PDF-") and "application/pdf" in _guesses(content)


def _is_mp4(content: bytes) -> bool:
    return content[4:8] == b"ftyp"


def _is_office(folder: str) -> Callable[[bytes], bool]:
    def test(content: bytes) -> bool:
        return content.startswith(b"PK\x03\x04") and folder.encode() in content

    return test


def _is_text(content: bytes) -> bool:
    return b"\x00" not in content and not MARKUP.search(content[:4096])


_TESTS: dict[str, Callable[[bytes], bool]] = {
    ".pdf": _is_pdf,
    ".mp4": _is_mp4,
    ".m4v": _is_mp4,
    **{suffix: _is_office(folder) for suffix, folder in OOXML.items()},
}
