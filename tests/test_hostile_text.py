"""Strings that mean something to HTML, Typst, Markdown, templates or spreadsheets stay text all the way."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from openpyxl import load_workbook

from tests.small_folder import write_folder

ROOT = Path(__file__).parent.parent
STRINGS = (
    "<script>alert(1)</script>",
    '#read("/etc/passwd")',
    "$x$ *b* _i_ @ref <label>",
    '=HYPERLINK("x")',
    "{{7*7}}",
    "../../x",
    "[a](javascript:alert(1))",
    "&lt;b&gt; ]]> \\ ~ ^",
)
ALL = " | ".join(STRINGS)
PERIOD = "2024-H1"


def hostile_folder(folder: Path) -> Path:
    """A commune whose every text says all the strings."""
    units = [
        {"unit_id": "HU-1", "name": f"Huyện {ALL}", "level": "district", "valid_from": "2020-01-01"},
        {"unit_id": "XA-1", "name": f"Xã {ALL}", "level": "commune", "parent_id": "HU-1", "valid_from": "2020-01-01"},
    ]
    criteria = dict.fromkeys(("needs_proposal", "direct_effect", "contested", "wide_effect"), "true")
    policy = {"policy_id": "CS-1", "title": ALL, "document_type": "law", "level": "central", "lead_agency": ALL}
    policy |= {"field": ALL, "legal_regime": "2015", "criteria_evidence": ALL, "source": ALL, **criteria}
    policy |= {"proposal_consultation_date": "2024-01-10", "draft_consultation_date": "2024-03-01"}
    issuer = dict.fromkeys(
        ("body", "superior_body", "place", "symbol", "authority", "position", "signer", "addressee", "recipients"), ALL
    )
    task = {"task_id": "NV-1", "group": "briefing", "title": ALL, "lead": ALL, "coordinating": ALL}
    late = {**task, "task_id": "NV-2", "due_date": "2024-04-01"}
    own = {
        "submissions": [{"period": PERIOD, "sent_date": "2024-06-17", "prepared_by": ALL, "approved_by": ALL}],
        "tasks": [{**task, "due_date": "2024-03-01", "completed_date": "2024-02-01", "quality": "good"}, late],
        "products": [
            {
                "product_id": "SP-1",
                "task_id": "NV-1",
                "kind": "plan",
                "document_number": ALL,
                "issued_date": "2024-02-01",
                "title": ALL,
            }
        ],
        "activities": [
            {
                "activity_id": "HD-1",
                "date": "2024-03-05",
                "kind": "policy_communication",
                "policy_id": "CS-1",
                "form": "other",
                "evidence": ALL,
            }
        ],
        "obstacles": [
            {
                "obstacle_id": "VM-1",
                "category": "other",
                "description": ALL,
                "reported_date": "2024-05-01",
                "proposal": ALL,
            }
        ],
        "narrative": [{"period": PERIOD, "section": "results", "text": ALL}],
    }
    reference = {
        "policies": [policy],
        "issuers": [{"unit_id": "XA-1", "valid_from": "2020-01-01", **issuer}],
        "assignments": [{"policy_id": "CS-1", "unit_id": "XA-1", "role": "participant"}],
    }
    return write_folder(folder, units=units, reference=reference, collected={(2024, "XA-1"): own})


@pytest.fixture(scope="module")
def report(tmp_path_factory) -> Path:
    """The folder of the period after a run over the hostile data."""
    place = tmp_path_factory.mktemp("hostile")
    data = hostile_folder(place / "data")
    command = [sys.executable, "-m", "kit", "run", PERIOD, "--unit", "XA-1", "--data", str(data), "--out", str(place)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return place / PERIOD


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text).casefold()


def test_html_shows_every_string_and_runs_none(report):
    page = BeautifulSoup((report / "XA-1/report.html").read_text(encoding="utf-8"), "html.parser")
    shown = squeezed(page.get_text())
    assert not [text for text in STRINGS if squeezed(text) not in shown]
    assert not page.find_all("script")
    assert not [link for link in page.find_all("a") if link.get("href", "").startswith("javascript")]
    assert "49" not in [text.strip() for text in page.find_all(string=True)]


def test_html_needs_nothing_from_the_network(report):
    text = (report / "XA-1/report.html").read_text(encoding="utf-8")
    assert not re.search(r"""(?:src|href|url|action)\s*[=(]\s*["']?\s*(?:https?:)?//""", text)


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs pdftotext (Debian package poppler-utils)")
def test_pdf_shows_every_string(report):
    command = ["pdftotext", "-layout", str(report / "XA-1/report.pdf"), "-"]
    shown = squeezed(subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout)
    raw = ["pdftotext", "-raw", str(report / "XA-1/report.pdf"), "-"]
    shown += squeezed(subprocess.run(raw, capture_output=True, text=True, encoding="utf-8", check=True).stdout)
    assert not [text for text in STRINGS if squeezed(text) not in shown]
    assert "root:" not in shown


def test_csv_cells_never_begin_like_a_formula(report):
    with (report / "findings.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    texts = [value for row in rows for name, value in row.items() if name not in ("source_row",)]
    assert rows and not [text for text in texts if text.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_excel_cells_hold_text_and_no_formula(report):
    for name in ("findings.xlsx", "results.xlsx"):
        sheet = load_workbook(report / name).active
        cells = [cell for row in sheet.iter_rows() for cell in row]
        assert not [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink]
