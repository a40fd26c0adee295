"""A file as the bare body of a call, streamed to disk; the rest of it is said in the address."""

from collections.abc import Mapping
from tempfile import TemporaryFile
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from rest_framework import exceptions, status
from rest_framework.parsers import BaseParser, DataAndFiles
from rest_framework.request import Request

from common.sheets import XLSX_TYPE
from intake.actions.receiving import too_large_words

PIECE = 1 << 20


class TooLarge(exceptions.APIException):
    """More bytes than a file may have."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_code = "too-large"


def refuse_too_large(request: Request) -> None:
    """Refuse by the length that the caller announces, before a byte is read. Raises TooLarge."""
    announced = str(request.headers.get("content-length") or "")
    # The other fields of a form and its marks take some bytes too.
    if announced.isdecimal() and int(announced) > settings.IMPORTS_MAX_BYTES + PIECE:
        raise TooLarge(too_large_words())


class FileBody(BaseParser):
    """The body is the file; its other fields come as the parameters of the address."""

    suffix = ""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> "DataAndFiles[Any, Any]":
        """Raises TooLarge as soon as the limit is passed; the rest is not read."""
        given = (parser_context or {})["request"].query_params.copy()
        name = str(given.get("file_name") or f"file.{self.suffix}").replace("\\", "/")
        file = TemporaryFile()  # noqa: SIM115 - whoever takes the upload closes it
        size = 0
        while piece := stream.read(PIECE):
            size += len(piece)
            if size > settings.IMPORTS_MAX_BYTES:
                file.close()
                raise TooLarge(too_large_words())
            file.write(piece)
        file.seek(0)
        return DataAndFiles(given, {"file": UploadedFile(file, name, media_type, size)})


class CsvBody(FileBody):
    media_type, suffix = "text/csv", "csv"


class WorkbookBody(FileBody):
    media_type, suffix = XLSX_TYPE, "xlsx"


class AnyBody(FileBody):
    """Bytes of no named kind: ``file_name`` tells by its ending what they are."""

    media_type = "application/octet-stream"
