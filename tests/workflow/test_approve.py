"""``kit approve`` from the door: what it refuses, what it leaves, and that a late row asks for a new issue.

Reports are built as text by ``build`` in place of ``kit.workflow.run.run``: the notebook has tests of its own.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

import kit.workflow.prepare
import kit.workflow.run
from kit.digests import input_key, stored_key
from kit.errors import EngineError
from kit.outcomes import RunOutcome
from kit.report import plain
from kit.run.issue_files import data_digest, load_issues
from kit.run.job import ReportOutcome
from kit.session import OUT, open_report
from tests.small_folder import ACTIVITY, write_folder

ROOT = Path(__file__).parent.parent.parent
PLAN = ROOT / "params/plan-2024.yaml"
ISSUER = {
    **{"unit_id": "XA-1", "body": "ỦY BAN NHÂN DÂN XÃ MẪU", "place": "Mẫu", "symbol": "BC-UBND"},
    **{"authority": "TM. ỦY BAN NHÂN DÂN", "position": "CHỦ TỊCH", "signer": "Nguyễn Văn Mẫu"},
}
ISSUERS = [
    {**ISSUER, "addressee": "UBND huyện Mẫu", "valid_from": "2020-01-01", "valid_to": "2025-06-30"},
    {**ISSUER, "addressee": "UBND tỉnh Mẫu", "valid_from": "2025-07-01"},
]
ROWS = {"activities": [ACTIVITY], "submissions": [{"period": "2024-H1", "sent_date": "2024-06-17"}]}


class Office:
    """A data folder, its reports, and the words of ``kit approve``."""

    def __init__(self, folder: Path, kit_command, monkeypatch):
        self.data, self.out, self.command = folder / "data", folder / "reports", kit_command
        self.folder, self.fails = self.out / "2024-H1/XA-1", False
        monkeypatch.setenv(OUT, str(self.out))
        monkeypatch.setattr(kit.workflow.run, "run", self.build)
        self.write(ROWS)

    def write(self, rows) -> None:
        write_folder(self.data, reference={"issuers": ISSUERS}, collected={(2024, "XA-1"): rows})

    def run(self) -> None:
        """Check and evaluate when the data changed, then build the report."""
        from kit.console import progress
        from kit.workflow.places import Places
        from kit.workflow.prepare import prepare

        places = Places(self.data, PLAN, self.out)
        made = prepare("2024-H1", places, tell=progress())
        self.digest = data_digest(made.paths.store, "XA-1")
        self.build(None, places, tell=None)

    def build(self, request, places, *, tell):
        """Write the report as text, as a run writes its files; ``request`` is that of an approval."""
        if self.fails:
            (self.folder / "report.html").write_text("half", encoding="utf-8")
            return RunOutcome("2024-H1", (ReportOutcome("XA-1", "failed", "no paper"),), 0, 1, "")
        report = open_report("2024-H1", "XA-1", str(PLAN), str(self.data))
        text = "\n".join(plain.block(block.to_json()) for block in (*report.head(), *report.revisions()))
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "report.html").write_text(text, encoding="utf-8", newline="\n")
        outputs = {"report.html": hashlib.sha256(text.encode()).hexdigest()}
        manifest = {"version": 2, "inputs": {"data": self.digest}, "outputs": outputs}
        (self.folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
        self.formats = request.edition.formats if request else ()
        return RunOutcome("2024-H1", (ReportOutcome("XA-1", "built"),), 0, 0, "")

    def approve(self, number="45", day="2024-07-05", *more) -> tuple[int, str, str]:
        words = ("approve", "2024-H1", "--unit", "XA-1", "--number", number, "--date", day, "--by", "Văn thư", *more)
        return self.command(*words, "--data", self.data, "--out", self.out, "--params", PLAN)

    def status(self, *more) -> str:
        words = ("status", "2024-H1", "--day", "2024-06-25", *more)
        code, told, wrong = self.command(*words, "--data", self.data, "--out", self.out, "--params", PLAN)
        assert code == 0, wrong
        return told

    @property
    def standing(self) -> tuple[str, dict]:
        """What ``kit status`` says of the reports, and of that of XA-1 as JSON."""
        told = self.status().partition("Báo cáo của ")[2].partition("\n\n")[0]
        [one] = [one for one in json.loads(self.status("--json"))["reports"] if one.pop("unit_id") == "XA-1"]
        return told, one

    @property
    def text(self) -> str:
        return " ".join((self.folder / "report.html").read_text(encoding="utf-8").split())

    @property
    def issues(self):
        return load_issues(self.data, "2024-H1", "XA-1")


@pytest.fixture(scope="module")
def checked(tmp_path_factory):
    """One folder checked once: the store is made by Great Expectations, which takes seconds to import."""
    return tmp_path_factory.mktemp("office")


@pytest.fixture
def office(checked, kit_command, monkeypatch):
    import shutil

    made = Office(checked, kit_command, monkeypatch)
    shutil.rmtree(made.data / "issued", ignore_errors=True)
    shutil.rmtree(made.folder, ignore_errors=True)
    made.run()
    return made


def test_an_approved_report_has_its_number_and_date_and_is_no_draft(office):
    assert "DỰ THẢO" in office.text and "Số: /BC-UBND" in office.text
    code, told, wrong = office.approve("5")
    assert code == 0, wrong
    assert "ĐÃ BAN HÀNH Xã Mẫu (XA-1)" in " ".join(told.split())
    assert "DỰ THẢO" not in office.text and "Số: 05/BC-UBND" in office.text
    assert "Mẫu, ngày 05 tháng 7 năm 2024" in office.text and office.formats == ("html",)
    [issue] = office.issues
    assert (issue.number, issue.approved_by, issue.data) == ("05/BC-UBND", "Văn thư", office.digest)
    kept = office.folder / "issued/1/report.html"
    assert kept.read_bytes() == (office.folder / "report.html").read_bytes()
    assert issue.outputs == {"report.html": hashlib.sha256(kept.read_bytes()).hexdigest()}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("0",), "not a document number"),
        (("45/",), "not a document number"),
        (("45/BC-STP",), "the issuer's symbol on that day is BC-UBND"),
        (("45", "2024-06-13"), "before the last day of its data"),
        (("45", "5/7/2024"), "write it like"),
        (("45", "2024-07-05", "--correct"), "there is none"),
    ],
)
def test_a_wrong_number_or_date_is_wrong_use_and_approves_nothing(office, words, said):
    before = office.text
    code, _, told = office.approve(*words)
    assert code == 2 and said in told and office.issues == () and office.text == before


def test_only_a_whole_report_of_todays_data_is_approved(office):
    (office.folder / "report.html").write_text("changed by hand", encoding="utf-8")
    assert "report.html of XA-1 was changed after it was built" in office.approve()[2]
    (office.folder / "manifest.json").unlink()
    assert "There is no finished report of XA-1" in office.approve()[2]
    office.run()
    manifest = json.loads((office.folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["inputs"]["data"] = "of yesterday"
    (office.folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    code, _, told = office.approve()
    assert code == 2 and "The data changed since" in told and "kit run 2024-H1 --unit XA-1" in told
    assert office.issues == ()


def test_the_same_figures_are_approved_once_and_corrected_openly(office):
    office.approve()
    code, _, told = office.approve("46")
    assert code == 2 and "already approved as 45/BC-UBND of 2024-07-05" in told
    assert office.approve("46", "2024-07-08", "--correct")[0] == 0
    [issue] = office.issues
    assert (issue.number, issue.date.isoformat()) == ("46/BC-UBND", "2024-07-08") and "Số: 46/BC-UBND" in office.text
    assert [(one["number"], one["date"]) for one in issue.replaced] == [("45/BC-UBND", "2024-07-05")]


def test_the_date_decides_who_is_written_to(office):
    office.approve("45", "2025-07-02")
    assert "Kính gửi: UBND tỉnh Mẫu" in office.text


def test_an_approval_whose_report_cannot_be_rebuilt_leaves_everything_as_it_was(office):
    before = {path.name: path.read_bytes() for path in office.folder.iterdir()}
    office.fails = True
    code, _, told = office.approve()
    assert code == EngineError.exit_code and "could not be rebuilt: no paper" in told
    assert {path.name: path.read_bytes() for path in office.folder.iterdir()} == before and office.issues == ()


def test_what_was_said_once_is_not_said_again_by_the_run_that_builds_the_approved_report(office, monkeypatch):
    def preparing(request, places, *, tell):
        kit.workflow.prepare.prepare(request.period, places, tell=tell)
        return office.build(request, places, tell=tell)

    monkeypatch.setattr(kit.workflow.run, "run", preparing)
    office.status()  # takes away what was printed before
    code, _, told = office.approve()
    assert code == 0 and told.count("Data unchanged since the last check") == 1


def test_the_status_says_which_reports_are_absent_drafts_and_issued(office):
    told, one = office.standing
    assert told == "3 đơn vị: 1 dự thảo, 2 chưa lập"
    assert one == {"state": "draft", "issue": None, "number": None, "date": None}
    office.approve("5")
    told, one = office.standing
    assert told.splitlines()[0] == "3 đơn vị: 1 đã ban hành, 2 chưa lập"
    assert " ".join(told.splitlines()[1].split()) == "XA-1 Xã Mẫu: Đã ban hành số 05/BC-UBND, ngày 05/7/2024"
    assert one == {"state": "issued", "issue": 1, "number": "05/BC-UBND", "date": "2024-07-05"}
    (office.folder / "manifest.json").unlink()
    (office.data / "issued/2024-H1/XA-1/1.json").unlink()
    assert office.standing == ("3 đơn vị: 3 chưa lập", {**dict.fromkeys(one), "state": "absent"})


def test_a_damaged_issue_stops_with_its_name(office):
    office.approve()
    path = office.data / "issued/2024-H1/XA-1/1.json"
    path.write_text(path.read_text(encoding="utf-8").replace("45/BC", "54/BC"), encoding="utf-8")
    told, one = office.standing
    assert told.startswith("3 đơn vị: 1 không đọc được hồ sơ ban hành, 2 chưa lập") and "1.json" in told
    assert one == {"state": "unreadable", "issue": None, "number": None, "date": None}
    code, _, told = office.approve("47")
    assert code == 2 and "issued/2024-H1/XA-1/1.json was changed after approval" in told and "Traceback" not in told


def test_a_late_row_makes_a_draft_that_names_what_it_replaces_and_a_new_issue(office):
    office.approve()
    office.write({**ROWS, "activities": [ACTIVITY, {**ACTIVITY, "activity_id": "HD-2", "attendances": "40"}]})
    try:
        office.run()
        assert stored_key(office.out / "2024-H1/.store") == input_key(office.data, PLAN)
        assert "DỰ THẢO" in office.text and "thay thế Báo cáo số 45/BC-UBND ngày 05 tháng 7 năm 2024" in office.text
        told, one = office.standing
        assert told.startswith("3 đơn vị: 1 có thay đổi sau khi ban hành, 2 chưa lập\n")
        assert "(số 45/BC-UBND, ngày 05/7/2024)" in told and (one["state"], one["issue"]) == ("changed", 1)
        assert "60 100 +40 Tệp XA-1/activities.csv" in office.text
        assert "cannot be dated before it" in office.approve("51", "2024-07-01")[2]
        assert "Number 45/BC-UBND of 2024 is already that of" in office.approve("45", "2024-07-20")[2]
        assert office.approve("51", "2024-07-20")[0] == 0
        assert [issue.number for issue in office.issues] == ["45/BC-UBND", "51/BC-UBND"]
        assert "DỰ THẢO" not in office.text and "thay thế Báo cáo số 45/BC-UBND" in office.text
        assert "Số: 45/BC-UBND" in (office.folder / "issued/1/report.html").read_text(encoding="utf-8")
    finally:
        office.write(ROWS)
