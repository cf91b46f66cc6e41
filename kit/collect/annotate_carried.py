"""Does a file carry marks of an earlier check? Known by the sheet "Kết quả kiểm tra" or the kit's comments."""

from __future__ import annotations

import re
from pathlib import Path

from kit.collect.annotate_looks import COMMENT_START
from kit.collect.archive import Refused, open_archive
from kit.collect.engine import open_workbook
from kit.collect.text import match_key
from kit.collect.workbook_layout import RESULT_SHEET

_COMMENTS = re.compile(r"xl/(comments/)?comments?[0-9]*\.xml", re.IGNORECASE)


def carries_marks(path: Path) -> bool:
    """True for a workbook that was sent back once and still shows it; False for what cannot be read."""
    try:
        content = path.read_bytes()
        if any(match_key(name) == match_key(RESULT_SHEET) for name in open_workbook(content).sheets):
            return True
        archive = open_archive(content) if content.startswith(b"PK") else None
    except (Refused, OSError):
        return False
    parts = [name for name in archive.entries if _COMMENTS.fullmatch(name)] if archive else []
    return any(COMMENT_START.encode() in (archive.part(name) or b"") for name in parts)
