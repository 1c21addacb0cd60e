"""Decides whether a file is safe to open, and what it is.

Works on bytes alone: magic numbers decide, never the name, and nothing that a zip says about
itself is believed before it was counted. Runs in the reading process.
"""

import io
import posixpath
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from flows.steps.reading import ods_scan, xlsx_scan, xml_walk
from flows.steps.reading.marks import Marks
from flows.steps.reading.refused import Refused

MIB = 2**20
LARGEST_FILE = 10 * MIB
_LARGEST_PART = 160 * MIB
_LARGEST_TOTAL = 200 * MIB
_MOST_PARTS = 500
_MOST_SHEETS = 50
# Honest sheets shrink 4 to 12 times; short parts may shrink more by chance.
_LARGEST_RATIO = 150
_RATIO_FROM = 4 * MIB
_CHUNK = MIB

_WORKBOOK = "xl/workbook.xml"
_WORKBOOK_LINKS = "xl/_rels/workbook.xml.rels"
_SHARED_STRINGS = "xl/sharedStrings.xml"
_ODS_MANIFEST = "META-INF/manifest.xml"
_ODS_CONTENT = "content.xml"
_ODS_MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"

_PICTURES = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
    (b"BM", "bmp"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
)
_OTHER_FORMATS = (
    (b"%PDF", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!", "rar"),
    (b"\x1f\x8b", "gzip"),
)
_TEXT_EXTENSIONS = (".csv", ".tsv", ".txt")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_LOCAL_HEADER = struct.Struct("<4s5H3I2H")
# python-calamine knows the seven old errors and refuses the whole workbook for any other. It gets
# #N/A in their place; the finding still names what the partner sees.
_KNOWN_ERRORS = "NULL!|DIV/0!|VALUE!|REF!|NAME\\?|NUM!|N/A"
_UNKNOWN_ERROR = re.compile(rf"#(?!(?:{_KNOWN_ERRORS})$).*")
_UNKNOWN_ERROR_CELL = re.compile(
    rb"(\bt=[\"']e[\"'][^<>]*>(?:<f\b[^<>]*(?:/>|>[^<>]*</f>))?<v>)\s*#(?!(?:%b)\s*<)[^<]*(</v>)"
    % _KNOWN_ERRORS.encode()
)


@dataclass(frozen=True)
class Opened:
    """A file that may be read: xlsx, xlsm, ods or csv.

    marks holds, by worksheet title, the cells whose trouble the parser would hide.
    """

    kind: str
    content: bytes
    marks: dict[str, Marks] = field(default_factory=dict)


def examine(content: bytes, extension: str) -> Opened:
    """Decide what a file is and whether it may be read. Raises Refused, which names the rule."""
    if not content:
        raise Refused("empty_file")
    if len(content) > LARGEST_FILE:
        raise Refused("file_too_large", limit_mb=LARGEST_FILE // MIB)
    if content.startswith(b"PK\x03\x04"):
        return _examine_zip(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        # Excel wraps a workbook with a password into the container of the old formats.
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise Refused("password_protected")
        raise Refused("save_as_xlsx", found="xls")
    _refuse_other_formats(content, extension)
    return Opened("csv", content)


def _refuse_other_formats(content: bytes, extension: str) -> None:
    for magic, found in _PICTURES:
        if content.startswith(magic):
            raise Refused("not_a_workbook", found=found, extension=extension)
    for magic, found in _OTHER_FORMATS:
        if content.startswith(magic):
            raise Refused("save_as_xlsx", found=found)
    head = content[:1024].lstrip().lower()
    if head.startswith((b"<!doctype html", b"<html", b"<table")):
        raise Refused("save_as_xlsx", found="html")
    if b"\0" in content and not content.startswith(_UTF16_MARKS):
        raise Refused("not_a_workbook", found="unknown", extension=extension)
    if extension not in _TEXT_EXTENSIONS:
        raise Refused("not_a_workbook", found="text", extension=extension)


def _examine_zip(content: bytes) -> Opened:
    package = _Package(content)
    if _WORKBOOK in package:
        return _examine_xlsx(package)
    if "mimetype" in package and b"".join(package.inflate("mimetype")).strip() == _ODS_MIMETYPE:
        return _examine_ods(package)
    raise Refused("save_as_xlsx", found="xlsb" if "xl/workbook.bin" in package else "zip")


def _examine_xlsx(package: "_Package") -> Opened:
    sheets = xlsx_scan.workbook(package.inflate(_WORKBOOK))
    if not sheets or _WORKBOOK_LINKS not in package:
        raise Refused("damaged_workbook", reason="workbook")
    if len(sheets) > _MOST_SHEETS:
        raise Refused("too_large_sheet", reason="sheets", limit=_MOST_SHEETS)
    targets = xlsx_scan.links(package.inflate(_WORKBOOK_LINKS))
    strings = 0
    if _SHARED_STRINGS in package:
        strings = xlsx_scan.shared_strings(package.inflate(_SHARED_STRINGS))
    marks: dict[str, Marks] = {}
    for title, link in sheets:
        part = posixpath.normpath(posixpath.join("/xl", targets.get(link, "?"))).lstrip("/")
        if title in marks or not package.is_unread(part):
            raise Refused("damaged_workbook", reason="workbook")
        marks[title] = xlsx_scan.worksheet(package.inflate(part), title, strings)
    package.inflate_the_rest()
    kind = "xlsm" if "xl/vbaProject.bin" in package else "xlsx"
    content = package.content
    if any(
        _UNKNOWN_ERROR.fullmatch(text) for mark in marks.values() for text in mark.errors.values()
    ):
        content = package.rewritten("xl/worksheets/", _UNKNOWN_ERROR_CELL, rb"\1#N/A\2")
    return Opened(kind, content, marks)


def _examine_ods(package: "_Package") -> Opened:
    manifest = ods_scan.is_encrypted
    if _ODS_MANIFEST in package and manifest(package.inflate(_ODS_MANIFEST)):
        raise Refused("password_protected")
    if _ODS_CONTENT not in package:
        raise Refused("damaged_workbook", reason="workbook")
    marks = ods_scan.content(package.inflate(_ODS_CONTENT))
    if len(marks) > _MOST_SHEETS:
        raise Refused("too_large_sheet", reason="sheets", limit=_MOST_SHEETS)
    package.inflate_the_rest()
    return Opened("ods", package.content, marks)


class _Package:
    """A zip whose parts are inflated here, so that what they hold is counted, not believed."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self._total = 0
        self._unread: set[str] = set()
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                entries = archive.infolist()
                directory_at = archive.start_dir
        # Every one of these has been seen to come out of zipfile for a damaged directory.
        except (
            zipfile.BadZipFile,
            NotImplementedError,
            ValueError,
            struct.error,
            OSError,
        ) as error:
            raise Refused("damaged_workbook", reason="zip") from error
        _refuse_unsafe(entries, directory_at)
        # Some programs write SharedStrings.xml, and the parser finds it all the same.
        self._parts = {entry.filename.casefold(): entry for entry in entries}
        self._unread = set(self._parts)

    def __contains__(self, part: str) -> bool:
        return part.casefold() in self._parts

    def is_unread(self, part: str) -> bool:
        """Whether a part exists that nobody has inflated yet."""
        return part.casefold() in self._unread

    def inflate(self, part: str) -> Iterator[bytes]:
        """One part, chunk by chunk. Raises Refused as soon as it grows beyond its bounds."""
        self._unread.discard(part.casefold())
        entry = self._parts[part.casefold()]
        produced = checksum = 0
        for chunk in _chunks(self.content, entry):
            produced += len(chunk)
            self._total += len(chunk)
            checksum = zlib.crc32(chunk, checksum)
            if produced > _LARGEST_PART or self._total > _LARGEST_TOTAL:
                raise Refused("unsafe_workbook", reason="zip_size", part=part)
            if produced > _RATIO_FROM and produced > _LARGEST_RATIO * entry.compress_size:
                raise Refused("unsafe_workbook", reason="zip_ratio", part=part)
            yield chunk
        if produced != entry.file_size or checksum != entry.CRC:
            raise Refused("damaged_workbook", reason="zip")

    def inflate_the_rest(self) -> None:
        """Count what was not read yet, and refuse a DOCTYPE wherever it hides."""
        for part in sorted(self._unread):
            if part.endswith((".xml", ".rels")):
                xml_walk.nothing(self.inflate(part))
            else:
                for _ in self.inflate(part):
                    pass

    def rewritten(self, folder: str, pattern: re.Pattern[bytes], by: bytes) -> bytes:
        """The same package with a pattern replaced in every part of a folder."""
        self._total = 0
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            for part, entry in self._parts.items():
                whole = b"".join(self.inflate(part))
                if part.startswith(folder):
                    whole = pattern.sub(by, whole)
                archive.writestr(entry.filename, whole)
        return target.getvalue()


def _refuse_unsafe(entries: list[zipfile.ZipInfo], directory_at: int) -> None:
    """What a zip's own directory gives away. Office programs write none of this."""
    if len(entries) > _MOST_PARTS:
        raise Refused("unsafe_workbook", reason="zip_parts", part=None)
    names: set[str] = set()
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        name = entry.orig_filename
        is_link = stat.S_ISLNK(entry.external_attr >> 16)
        reason = None
        if name.casefold() in names:
            reason = "zip_duplicate"
        elif is_link or "\\" in name or name.startswith("/") or ".." in name.split("/"):
            reason = "zip_path"
        elif entry.flag_bits & 1:
            reason = "zip_encrypted"
        elif entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            reason = "zip_method"
        elif entry.header_offset < end:
            reason = "zip_overlap"
        if reason:
            raise Refused("unsafe_workbook", reason=reason, part=entry.filename)
        names.add(name.casefold())
        end = entry.header_offset + _LOCAL_HEADER.size + len(name) + entry.compress_size
    if end > directory_at:
        raise Refused("unsafe_workbook", reason="zip_overlap", part=None)


def _chunks(content: bytes, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    header = content[entry.header_offset : entry.header_offset + _LOCAL_HEADER.size]
    if len(header) < _LOCAL_HEADER.size or not header.startswith(b"PK\x03\x04"):
        raise Refused("damaged_workbook", reason="zip")
    name_length, extra_length = _LOCAL_HEADER.unpack(header)[-2:]
    start = entry.header_offset + _LOCAL_HEADER.size + name_length + extra_length
    packed = content[start : start + entry.compress_size]
    if len(packed) < entry.compress_size:
        raise Refused("damaged_workbook", reason="zip")
    if entry.compress_type == zipfile.ZIP_STORED:
        yield packed
        return
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        while packed and not inflater.eof:
            yield inflater.decompress(packed, _CHUNK)
            packed = inflater.unconsumed_tail
        yield inflater.flush()
    except zlib.error as error:
        raise Refused("damaged_workbook", reason="zip") from error
    if not inflater.eof:
        raise Refused("damaged_workbook", reason="zip")
