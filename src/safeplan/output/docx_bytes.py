"""The bytes of Word files: the same for the same content."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo


def without_clock(stream: BytesIO) -> bytes:
    """Pack the archive again with one date for every member: python-docx writes the time of day into it."""
    packed = BytesIO()
    with ZipFile(stream) as written, ZipFile(packed, "w") as archive:
        for name in written.namelist():
            archive.writestr(ZipInfo(name), written.read(name), compress_type=ZIP_DEFLATED)
    return packed.getvalue()
