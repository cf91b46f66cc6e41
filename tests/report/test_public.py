"""The public edition: every figure of the internal one, and none of the texts that the schema keeps from the public."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from kit.errors import UsageError
from kit.report.blocks import Cards, Signature
from kit.report.html.exporter import KitHTMLExporter
from kit.report.issues import Issues
from kit.report.pdf.exporter import KitPDFExporter
from kit.report.public import HIDDEN, public_file, redacted
from kit.report.report import Report
from kit.report.tables import render_csv
from kit.schema.load import load_schema
from kit.store import PeriodData, files_frame
from kit.validation.findings import COLUMNS, typed_findings
from tests.report.content.reading import blocks_of, table_named, text_of
from tests.report.issued import TODAY, approved_period, issue_of
from tests.report.pdf_reading import Pdf, needs_poppler
from tests.report.sample_document import notebook
from tests.report.sample_period import finding

UNITS = ("XA-01", "HU-01", "TINH")
NOTEBOOK = Path(__file__).parents[2] / "notebooks/03_evaluation_report.ipynb"
SECTIONS = re.findall(r'"bao_cao\.(\w+)\(\)', NOTEBOOK.read_text(encoding="utf-8"))
CONSENT = "XA-01 đồng ý công bố phần này"


def mark(table: str, field: str) -> str:
    return f"Dấu{table}{field}".replace("_", "")


def free_text(table) -> list[str]:
    """Fields that hold whatever a person wrote: no codes, no keys, no references."""
    keys = {"unit_id", *table.primary_key}
    return [
        field.name
        for field in table.fields
        if field.type == "string" and not (field.codelist or field.references or field.pattern or field.name in keys)
    ]


@cache
def marked() -> PeriodData:
    """The sample period with a mark of its own in every free text, in findings, file and sheet names."""
    data, tables = approved_period(), load_schema().tables
    frames = {}
    for name, frame in data.frames.items():
        texts = {field: f"{mark(name, field)} " + frame[field].fillna("x") for field in free_text(tables[name])}
        texts = {field: pd.Series(values, dtype="str") for field, values in texts.items()}
        places = {"_file": "collected/2024/DấuTệp Nguyễn.xlsx", "_sheet": "DấuTrang"} if "_file" in frame else {}
        frames[name] = frame.assign(**texts, **places)
    open_words = (frames["narrative"]["section"] == "next_tasks") & (frames["narrative"]["_unit"] == "XA-01")
    frames["narrative"].loc[open_words, ["text", "publish"]] = [CONSENT, True]
    files = files_frame(()).reindex(range(1)).assign(file="collected/2024/DấuTệp Nguyễn.xlsx", kind="workbook")
    files = files.assign(unit_id="XA-01", plan_year=2024, readable=True)
    return replace(data, frames=frames, findings=_findings(), files=files)


def _findings() -> pd.DataFrame:
    given = {"message": "DấuLời đã báo Nguyễn Văn A", "value": "DấuGiáTrị", "source_sheet": "DấuTrang"}
    given |= {"source_file": "collected/2024/DấuTệp Nguyễn.xlsx", "source_row": 9, "source_column": "C"}
    rows = [
        finding("corrected", "note", unit_id="XA-01", table="activities", field="attendances", key="HD-002", **given),
        finding("date-unreadable", unit_id="XA-02", table="council_members", field="full_name", **given),
    ]
    return typed_findings(pd.DataFrame(rows, columns=COLUMNS))


@cache
def blocks(unit: str, edition: str) -> tuple:
    issues = Issues((issue_of(approved_period(), unit),), TODAY)  # so that the changes since are told too
    report = Report(marked(), unit, edition, issues)
    assert "head" in SECTIONS and "revisions" in SECTIONS
    return tuple(block for name in SECTIONS for block in blocks_of(getattr(report, name)()))


def as_json(unit: str, edition: str) -> str:
    return json.dumps([block.to_json() for block in blocks(unit, edition)], ensure_ascii=False)


def kept_back() -> list[str]:
    tables = load_schema().tables.values()
    fields = [mark(table.name, field.name) for table in tables for field in table.fields if field.disclosure]
    return [*fields, "DấuLời", "DấuGiáTrị", "DấuTệp", "DấuTrang", "Nguyễn Văn A"]


@pytest.mark.parametrize("unit", UNITS)
def test_no_block_of_the_public_edition_holds_what_is_kept_from_the_public(unit):
    text = as_json(unit, "public")
    assert [word for word in kept_back() if word in text] == []


def test_the_internal_edition_holds_these_texts_so_that_their_absence_means_something():
    text = as_json("HU-01", "internal")
    shown = {word for word in kept_back() if word in text}
    said = {mark("council_members", "full_name"), mark("obstacles", "description"), mark("obstacles", "proposal")}
    assert said | {"DấuLời", "DấuTệp", "DấuTrang", mark("narrative", "text")} <= shown | {mark("narrative", "text")}
    assert mark("narrative", "text") in as_json("XA-01", "internal")


@pytest.mark.parametrize("unit", UNITS)
def test_the_figures_of_both_editions_are_the_same(unit):
    public, internal = (
        [[block for block in blocks(unit, edition) if isinstance(block, Cards)], indicators(unit, edition)]
        for edition in ("public", "internal")
    )
    assert public == internal


def indicators(unit: str, edition: str):
    return table_named(blocks(unit, edition), "phu-luc-4-chi-so").data


def test_published_words_stay_and_the_others_are_said_to_be_left_out():
    text = text_of(blocks("XA-01", "public"))
    assert CONSENT in text and "Phần lời của đơn vị không nêu trong bản công khai." in text
    assert "Chưa có thông tin về nguyên nhân" not in text and "Không có đề xuất" not in text
    assert "Nội dung kiến nghị cụ thể không nêu trong bản công khai." in text


def test_the_public_edition_says_what_it_is_and_keeps_its_signatory():
    report = Report(marked(), "XA-01", "public")
    assert "Bản công khai" in text_of(report.head()) and "bản công khai" in blocks_of(report.head())[0].title
    [signature] = [block for block in report.signature() if isinstance(block, Signature)]
    assert signature.signer.endswith("Nguyễn Văn Mẫu")
    assert "Bản công khai" not in text_of(Report(marked(), "XA-01").head())


@needs_poppler
def test_no_file_of_the_public_edition_holds_them_either(tmp_path):
    from kit.report.docx.exporter import KitDocxExporter

    nb = notebook(list(blocks("HU-01", "public")))
    page, _ = KitHTMLExporter().from_notebook_node(nb)
    pdf, _ = KitPDFExporter().from_notebook_node(nb)
    word, _ = KitDocxExporter().from_notebook_node(nb)
    (tmp_path / "report.docx").write_bytes(word)
    read = Pdf(pdf, tmp_path)
    found = [json.dumps(nb, ensure_ascii=False), page, read.bare() + " ".join(read.info().values()), _parts(tmp_path)]
    assert "Mẫu Đông" in page and "MẫuĐông" in found[2] and "Mẫu Đông" in found[3]
    assert [word for text in found for word in kept_back() if word.replace(" ", "") in re.sub(r"\s", "", text)] == []


def _parts(folder) -> str:
    import zipfile

    with zipfile.ZipFile(folder / "report.docx") as package:
        parts = [package.read(name).decode("utf-8", "ignore") for name in package.namelist()]
    return re.sub(r"<[^>]+>", "", " ".join(parts))


def test_rows_stay_and_missing_texts_stay_missing():
    data = approved_period()
    public = redacted(data)
    for name, frame in data.frames.items():
        assert len(public.frames[name]) == len(frame) and list(public.frames[name].dtypes) == list(frame.dtypes)
    obstacles = public.frames["obstacles"]
    assert set(obstacles["description"].dropna()) == {HIDDEN}
    assert obstacles["proposal"].isna().equals(data.frames["obstacles"]["proposal"].isna())
    assert render_csv(data.results.columns, data.results.to_numpy()) == render_csv(
        public.results.columns, public.results.to_numpy()
    )


def test_a_file_keeps_its_name_only_where_it_is_that_of_its_unit():
    assert public_file("collected/2024/XA-01.xlsx", "XA-01") == "collected/2024/XA-01.xlsx"
    assert public_file("collected/2024/XA-01/tasks.csv", "XA-01") == "collected/2024/XA-01/tasks.csv"
    assert public_file("collected/2024/Chị Lan gửi.xlsx", "XA-01") == "collected/2024/XA-01.xlsx"


def test_an_unknown_edition_is_wrong_use():
    with pytest.raises(UsageError, match="did you mean 'public'"):
        Report(approved_period(), "XA-01", "publik")
