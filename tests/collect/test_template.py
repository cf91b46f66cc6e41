"""The unit's empty workbook: sheets, choices, what is missing and left over; LibreOffice as a real client."""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from kit.collect.labels import labelled
from kit.collect.read import read_data
from kit.collect.template_offers import units_of
from kit.collect.workbook import render_workbook
from kit.collect.workbook_layout import sheets_of
from kit.collect.workbook_needed import counted
from kit.errors import UsageError
from tests.collect.template_data import (
    FIRST,
    SCHEMA,
    content_of,
    data_with,
    fill,
    frames,
    lists_of,
    members_of,
    names_of,
    opened,
    saved,
)

FIVE = ["Gửi báo cáo", "Nhiệm vụ", "Hoạt động", "Khó khăn, vướng mắc", "Nhận xét"]


@pytest.fixture(scope="module")
def commune():
    return opened(content_of("XA-01"))


def test_a_commune_meets_instructions_and_exactly_five_sheets(commune):
    assert [page.title for page in commune if page.sheet_state == "visible"] == ["Hướng dẫn", *FIVE]
    assert commune.active.title == "Hướng dẫn"


def test_full_and_higher_levels_have_more_sheets():
    for unit, level, full in (("XA-01", "commune", True), ("HU-01", "district", False), ("SO-TP", "department", False)):
        titles = [table.title for table in SCHEMA.collected if level in table.levels]
        visible = [page.title for page in opened(content_of(unit, full=full)) if page.sheet_state == "visible"]
        assert visible == ["Hướng dẫn", *titles]


def test_an_untouched_template_reads_as_no_data_and_no_problem(tmp_path):
    books = {
        unit: render_workbook(SCHEMA, replace(content_of(unit), tables={}, notes={})) for unit in ("XA-01", "HU-01")
    }
    raw = data_with(tmp_path, books)
    assert raw.problems == ()
    assert {name: len(raw.frames[name]) for name in (t.name for t in SCHEMA.collected)} == dict.fromkeys(
        (table.name for table in SCHEMA.collected), 0
    )


def test_keys_are_prefilled_and_there_is_room_to_write(commune):
    def keys(sheet):
        return [cell.value for cell in commune[sheet]["A"][FIRST - 1 :] if cell.value]

    assert keys("Hoạt động")[:2] == ["HD-001", "HD-002"] and len(keys("Hoạt động")) == 500
    assert keys("Nhiệm vụ")[-1] == "NV-200"
    assert keys("Gửi báo cáo") == []


def test_the_same_content_gives_the_same_bytes():
    assert render_workbook(SCHEMA, content_of("XA-01")) == render_workbook(SCHEMA, content_of("XA-01"))


def test_policies_are_those_assigned_to_the_unit_or_above_by_label(commune):
    assigned, policies = frames()["assignments"], frames()["policies"]
    above = assigned[assigned["unit_id"].isin(["XA-01", "HU-01", "TINH-MAU"])]["policy_id"]
    titles = dict(zip(policies["policy_id"], policies["title"], strict=True))
    offered = lists_of(commune)["keys:policies"]
    assert set(offered) == {labelled(policy, titles[policy]) for policy in above}
    rule = rule_of(commune["Hoạt động"], "policy_id")
    assert rule.formula1.startswith("_lists!$") and rule.errorStyle == "warning"


def rule_of(page, name):
    letter = openpyxl.utils.get_column_letter(names_of(page)[name])
    (rule,) = [one for one in page.data_validations.dataValidation if str(one.sqref).startswith(f"{letter}{FIRST}:")]
    return rule


def test_members_offered_are_those_that_their_key_means():
    """A member of the province whose key the district uses too is not offered to the district's communes."""
    offered = [label.partition(" – ")[0] for label in lists_of(opened(content_of("XA-01")))["keys:council_members"]]
    district, province = ([row["member_id"] for row in members_of(unit)] for unit in ("HU-01", "TINH-MAU"))
    assert offered == district + [key for key in province if key not in district]


def test_a_unit_with_a_council_is_offered_its_own_members_as_they_are_entered():
    book = opened(content_of("HU-01"))
    rule = rule_of(book["Hoạt động"], "member_id")
    column = rule.formula1.partition("$")[2].partition("$")[0]
    listed = [str(cell.value) for cell in book["_lists"][column]]
    assert listed[0] == "keys:council_members" and listed[1].startswith("TV-11 – ")  # of the province, then its own
    assert "'Thành viên Hội đồng'!$A:$A" in listed[4]
    letters = [one.sqref for one in book["Thành viên Hội đồng"].data_validations.dataValidation]
    assert not any(str(place).startswith("A") for place in letters)  # its own keys are not chosen from a list


def test_codes_refuse_other_values_dates_and_numbers_are_checked_on_entry(commune):
    page = commune["Hoạt động"]
    kind, day, count = (rule_of(page, name) for name in ("kind", "date", "sessions"))
    assert (kind.type, kind.errorStyle or "stop", day.type, count.type) == ("list", "stop", "date", "whole")
    assert (count.operator, count.formula1) == ("greaterThanOrEqual", "0")
    for rule in page.data_validations.dataValidation:
        assert rule.error and len(rule.error) <= 255 and len(rule.errorTitle) <= 32
    assert page.cell(FIRST, 1).number_format == "@"


def test_titles_are_locked_and_entries_are_not(commune):
    for page in commune:
        if page.title in FIVE:
            locks = page.protection
            assert locks.sheet and not locks.password
            assert not any((locks.sort, locks.autoFilter, locks.insertRows, locks.deleteRows))  # False: allowed
            assert page.cell(3, 1).protection.locked
            assert not page.column_dimensions["B"].protection.locked
            assert page.freeze_panes == "B4" and page.row_dimensions[2].hidden


def test_rarely_used_columns_are_a_collapsed_group(commune):
    page = commune["Hoạt động"]
    letter = openpyxl.utils.get_column_letter(names_of(page)["printed_documents"])
    assert page.column_dimensions[letter].hidden and page.column_dimensions[letter].outlineLevel == 1


def test_open_tasks_and_unresolved_obstacles_come_over_with_fresh_keys():
    tasks, obstacles = frames()["tasks"], frames()["obstacles"]
    for unit in ("XA-11", "HU-02"):
        content = content_of(unit, 2025)
        mine = tasks[(tasks["_unit"] == unit) & (tasks["_year"] == 2024) & tasks["completed_date"].isna()]
        assert [row["title"] for row in content.tables["tasks"]] == mine["title"].tolist()
        assert [row["task_id"] for row in content.tables["tasks"]] == [f"NV-{n:02d}" for n in range(1, len(mine) + 1)]
        theirs = obstacles[
            (obstacles["_unit"] == unit) & (obstacles["_year"] == 2024) & obstacles["resolved_date"].isna()
        ]
        theirs = theirs[theirs["category"] != "none"]
        assert [row["description"] for row in content.tables["obstacles"]] == theirs["description"].tolist()
    assert any(content_of(unit, 2025).tables["tasks"] for unit in units_of(frames()["units"], 2025))


def test_what_came_over_is_marked_and_read_back_whole(tmp_path):
    content = content_of("XA-11", 2025)
    book = opened(content)
    assert "mã cũ" in book["Nhiệm vụ"].cell(FIRST, 1).comment.text
    rows = data_with(tmp_path, {"XA-11": saved(book)}, 2025).frames["tasks"]
    assert rows["title"].tolist() == [row["title"] for row in content.tables["tasks"]]


def test_a_unit_that_took_another_over_gets_its_open_tasks():
    tasks = frames()["tasks"]
    left = tasks[(tasks["_unit"] == "XA-14") & (tasks["_year"] == 2024) & tasks["completed_date"].isna()]
    titles = [row["title"] for row in content_of("XA-13", 2025).tables["tasks"]]
    assert len(left) and set(left["title"]) <= set(titles)


def test_a_unit_that_is_unknown_or_ended_is_wrong_use():
    with pytest.raises(UsageError, match="There is no unit 'XA-1'"):
        content_of("XA-1")
    with pytest.raises(UsageError, match="does not exist in 2025; its successor is XA-13"):
        content_of("XA-14", 2025)
    assert content_of("xa-01").unit.unit_id == "XA-01"


# What stands in a row → how many cells are missing there.
LINES = [
    ("Gửi báo cáo", {"period": "2024-H1"}, 1),
    ("Gửi báo cáo", {"sent_date": date(2024, 6, 17)}, 1),
    ("Nhiệm vụ", {"title": "Tập huấn"}, 3),
    ("Nhiệm vụ", {"product_required": "không"}, 0),
    (
        "Nhiệm vụ",
        {"group": "Báo cáo", "title": "T", "lead": "L", "due_date": date(2024, 3, 1), "product.title": "A"},
        2,
    ),
    ("Hoạt động", {"audiences.citizens": "x"}, 3),
    ("Hoạt động", {"date": date(2024, 3, 1), "kind": "Truyền thông dự thảo chính sách", "form": "Họp báo"}, 1),
    ("Hoạt động", {"date": date(2024, 3, 1), "kind": "Quán triệt", "form": "Truyền thanh cơ sở"}, 0),
    ("Khó khăn, vướng mắc", {"category": "Nhân lực", "reported_date": date(2024, 3, 1)}, 1),
    ("Khó khăn, vướng mắc", {"category": "Không có khó khăn, vướng mắc", "reported_date": date(2024, 3, 1)}, 0),
    ("Nhận xét", {"text": "Tốt"}, 2),
]


def with_lines(content):
    """The template with the lines above typed in, and sheet → missing cells."""
    book, missing = opened(content), dict.fromkeys(FIVE, 0)
    for number, (sheet, values, count) in enumerate(LINES):
        fill(book[sheet], FIRST + 20 + number, values)
        missing[sheet] += count
    return book, missing


def soffice(folder, source, target):
    """Open a file in LibreOffice and save it anew; skips without LibreOffice."""
    office = shutil.which("soffice")
    if not office:
        pytest.skip("soffice is missing: install the Debian package libreoffice-calc")
    profile = (folder / "profile").as_uri()
    command = [office, "--headless", f"-env:UserInstallation={profile}", "--convert-to", target, "--outdir"]
    done = subprocess.run([*command, str(folder / "out"), str(source)], capture_output=True, timeout=240)
    assert done.returncode == 0
    return folder / "out" / f"{source.stem}.{target.partition(':')[0]}"


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """A template filled by script, as saved by the script and as LibreOffice saves it; and what is missing."""
    folder = tmp_path_factory.mktemp("office")
    book, missing = with_lines(replace(content_of("XA-01"), tables={}, notes={}))
    fill(book["Hoạt động"], FIRST, {"policy_id": lists_of(book)["keys:policies"][0], "evidence": "007", "sessions": 2})
    source = folder / "XA-01.xlsx"
    book.save(source)
    return source, soffice(folder, source, "xlsx"), missing


def test_libreoffice_keeps_every_value_cell_by_cell(office, tmp_path):
    script, client, _ = office
    raws = []
    for name, path in (("script", script), ("client", client)):
        place = tmp_path / name / "collected" / "2024"
        place.mkdir(parents=True)
        shutil.copy(path, place / "XA-01.xlsx")
        raws.append(read_data(tmp_path / name, SCHEMA))
    assert raws[0].problems == raws[1].problems
    for table in SCHEMA.collected:
        one, other = (raw.frames[table.name] for raw in raws)
        assert one.astype(object).where(one.notna(), None).equals(other.astype(object).where(other.notna(), None))
    assert len(raws[1].frames["activities"]) == 4


def test_libreoffice_keeps_lists_checks_notes_and_locks(office):
    script, client, _ = (openpyxl.load_workbook(path) if path else None for path in (*office[:2], None))
    for page in script:
        other = client[page.title]
        assert other.sheet_state == page.sheet_state
        assert other.protection.sheet
        if page.title not in FIVE:
            continue
        ours, theirs = ({str(one.sqref): one for one in p.data_validations.dataValidation} for p in (page, other))
        assert cells_of(ours) == cells_of(theirs)
        assert [cell.comment.text for cell in page[3] if cell.comment] == [
            cell.comment.text for cell in other[3] if cell.comment
        ]
        assert other.row_dimensions[2].hidden
        keys = [cell for cell in other["A"][FIRST - 1 :] if cell.value and str(cell.value)[2:3] == "-"]
        assert len(keys) in (0, 200, 500) and not any(cell.protection.locked for cell in keys)
        assert not other.column_dimensions["B"].protection.locked and other.cell(3, 2).protection.locked
        assert len(other.conditional_formatting) >= len(page.conditional_formatting) - 1


def cells_of(rules):
    """(type, formula without spaces and case) of each checked column."""
    return {
        place.split(":")[0]: (rule.type, (rule.formula1 or "").replace("$", "").casefold())
        for place, rule in rules.items()
    }


def test_libreoffice_counts_the_missing_cells_as_they_are(office):
    """Calculated by a real client: the count in the first sheet, and the line at the top of each sheet."""
    _, client, missing = office
    book = openpyxl.load_workbook(client, data_only=True)
    guide = {row[1].value: row[4].value for row in book["Hướng dẫn"].iter_rows() if row[1].value in FIVE}
    expected = {**missing, "Hoạt động": missing["Hoạt động"] + 3}
    assert guide == expected
    assert {name: book[name]["A1"].value for name in FIVE} == {
        name: f"Còn {count} ô thiếu" if count else "Không thiếu ô nào" for name, count in expected.items()
    }


def test_the_count_before_anything_is_calculated_is_the_same():
    rows = {"tasks": [{"task_id": "NV-01", "title": "T"}], "obstacles": [{"obstacle_id": "VM-01", "category": "none"}]}
    sheets = {sheet.table.name: sheet for sheet in sheets_of(SCHEMA, "commune", rows)}
    assert counted(SCHEMA, sheets["tasks"]) == (1, 3)
    assert counted(SCHEMA, sheets["obstacles"]) == (1, 1)
    assert counted(SCHEMA, sheets["narrative"]) == (0, 0)


def test_the_workbook_says_so_before_any_program_calculates():
    content = replace(content_of("XA-01"), tables={"tasks": [{"task_id": "NV-01", "title": "T"}]}, notes={})
    book = openpyxl.load_workbook(io.BytesIO(render_workbook(SCHEMA, content)), data_only=True)
    assert book["Nhiệm vụ"]["A1"].value == "Còn 3 ô thiếu"
    assert book["Nhận xét"]["A1"].value == "Chưa ghi dòng nào"
