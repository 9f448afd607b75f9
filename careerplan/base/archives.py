"""ZIP archives as they are opened here, documents of Office among them: of two ways of packing alone.

What is stored, or packed by deflate, is unpacked piece by piece, as much as is asked for. Python unpacks the other ways
(bzip2, LZMA) by what was packed: four kilobytes of it come to gigabytes at once. No office program packs so.
"""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

UNPACKED_BY_PIECES = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})

Archive = zipfile.ZipFile


class PackedOtherwise(zipfile.BadZipFile):
    """A member is packed in a way that is not unpacked piece by piece."""


@contextmanager
def opened(file: IO[bytes]) -> Iterator[Archive]:
    """Raises PackedOtherwise and what else zipfile raises of a damaged archive; what a member holds is not read yet."""
    with zipfile.ZipFile(file) as archive:
        if any(member.compress_type not in UNPACKED_BY_PIECES for member in archive.infolist()):
            raise PackedOtherwise
        yield archive
