"""Hands out kept files: always as a download, never to be run by the browser."""

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404

PHOTO_TYPE = "image/jpeg"


def hand_out(kept: FieldFile, name: str, content_type: str) -> FileResponse:
    """The file as an attachment that no browser guesses the type of. 404 if it is not there."""
    if not kept:
        raise Http404
    response = FileResponse(kept.open("rb"), as_attachment=True, filename=name)
    response["Content-Type"] = content_type
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
