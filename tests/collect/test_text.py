"""Text of cells: what is repaired, what is folded silently, and that correct Vietnamese is never touched."""

import datetime as dt
import unicodedata
from pathlib import Path

import pytest

import kit.schema
from kit.collect.parsed import Parsed, Unreadable
from kit.collect.text import clean_text, match_key, parse_text

SCHEMA = Path(kit.schema.__file__).parent

DAMAGED = {
    # domain.md §7.3: Unicode pushed through a TCVN3 converter
    "Kĩ năng biờn soạn đề cương tuyờn truyền phỏp luật": "Kĩ năng biên soạn đề cương tuyên truyền pháp luật",
    "đúng gúp": "đóng góp",
    "Cỏc bước": "Các bước",
    "phỏp luật": "pháp luật",
    "cỏc cỏn bộ nhõn dõn khụng cú xõy dựng": "các cán bộ nhân dân không có xây dựng",
    "CễNG TÁC TUYấN TRUYỀN": "CÔNG TÁC TUYÊN TRUYỀN",
    # domain.md §7.3: Ã and a no-break space read as one letter
    "CỘNG HÒA XàHỘI CHỦ NGHĨA VIỆT NAM": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "XàHỘI": "XÃ HỘI",
    "THỊ XàHƯƠNG THỦY": "THỊ XÃ HƯƠNG THỦY",
    # domain.md §7.3: VNI
    "Xin chaøo caùc baïn": "Xin chào các bạn",
    "Toå chöùc hoäi nghò taäp huaán": "Tổ chức hội nghị tập huấn",
    "baùo caùo": "báo cáo",
    # bytes of TCVN3
    "Céng hßa x· héi chñ nghÜa ViÖt Nam": "Cộng hòa xã hội chủ nghĩa Việt Nam",
    "Uû ban nh©n d©n x·": "Uỷ ban nhân dân xã",
    "ph¸p luËt": "pháp luật",
}

CORRECT = [
    "đỏ", "giỏi", "cờ", "thỏa", "lớn", "bỏ", "gỡ bỏ", "rỡ", "Vũng Tàu", "Lũng Cú", "hỏi", "tụ điểm", "cụng ly",
    "xó xỉnh", "tháo gỡ vướng mắc", "rực rỡ cờ đỏ", "bé nhỏ", "Đắk Lắk", "Krông Nô", "Giàng A Vừ", "hoà giải",
    "khoẻ", "Thuý", "“THỊ XÃ”", "XÃ”", "THỊ XÃ\u00a0HƯƠNG THỦY", "ĐÃ…", "«lá»", "đã…”", "là…", "Hà Giang", "Müller",
    "5 µm", "12 m²", "Ủy ban nhân dân xã", "UỶ BAN", "hỏp", "quyểt", "ĐàNẴNG", "HàNỘI", "Zalo®", "café", "naïve",
    "Có không? Nếu có thì?", "https://example.org/?a=b&c?d=e?f", "Số: 05/BC-UBND", "5.000.000 đồng",
    "Nguyễn Thị Ngọc Ánh", "ngày 08 tháng 01 năm 2024; các đơn vị, địa phương – trừ cấp huyện", "Größe Übung für",
    "señor niño", "déjà vu", "São Tomé", "Côte d’Ivoire", "Þórður", "Ångström", "Zoë Bönisch",
]  # fmt: skip


@pytest.mark.parametrize(("damaged", "meant"), DAMAGED.items())
def test_known_damage_is_repaired_with_a_note(damaged, meant):
    outcome = clean_text(damaged)
    assert (outcome.value, outcome.note) == (meant, "read-as")


@pytest.mark.parametrize("meant", ["Pháp luật", "Đề án", "ĐỀ NGHỊ, “ưu tiên” – rà soát", "Ủy ban nhân dân xã; sửa đổi"])
@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "cp1258"])
def test_utf8_read_as_a_windows_code_page_is_repaired(meant, encoding):
    undecodable = {"cp1252": "latin-1", "cp1258": "latin-1"}.get(encoding, encoding)
    shown = "".join(
        bytes([byte]).decode(encoding, errors="ignore") or bytes([byte]).decode(undecodable)
        for byte in meant.encode("utf-8")
    )
    outcome = clean_text(shown)
    assert (outcome.value, outcome.note, outcome.how) == (meant, "read-as", "utf-8")


def test_text_encoded_three_times_is_repaired():
    shown = "Thông qua Đề án"
    for _ in range(2):
        shown = shown.encode("utf-8").decode("latin-1")
    assert clean_text(shown).value == "Thông qua Đề án"


@pytest.mark.parametrize("text", CORRECT)
def test_correct_text_stays_as_it_is(text):
    outcome = clean_text(text)
    assert outcome == Parsed(text.replace("\u00a0", " "))


def test_the_prose_of_the_schema_stays_as_it_is():
    texts = [path.read_text(encoding="utf-8") for path in SCHEMA.rglob("*.yaml")]
    lines = {line.strip() for text in texts for line in text.splitlines() if line.strip()}
    pieces = lines | {word for line in lines for word in line.split()} | {line.upper() for line in lines}
    assert len(pieces) > 1000
    assert {piece: clean_text(piece) for piece in pieces if clean_text(piece) != Parsed(piece)} == {}


@pytest.mark.parametrize(
    "text",
    [
        "Ch\ufffd t\ufffdch",
        "Chủ t\ufffdch",
        "Chu t?ch h?i d?ng",
        "phỏp luật dựng",  # dựng or dùng: both are words
        "Hội nghị ph¸p luËt x· héi",
        "TuyÃªn truyền, XÃ” và ĐÃ”",
    ],
)
def test_damage_that_cannot_be_undone_is_unreadable(text):
    assert clean_text(text).reason == "text-unreadable"


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        (unicodedata.normalize("NFD", "Phú Quốc"), "Phú Quốc"),
        ("e\u0323\u0302", "ệ"),
        ("e\u0302\u0323", "ệ"),
        ("u\u031b\u0323", "ự"),
        ("\u00a0 xã\u2003A \t", "xã A"),
        ("12\u201105", "12-05"),
        ("a\u200bb\ufeff", "ab"),
        ("dòng 1\r\ndòng 2\rdòng 3", "dòng 1\ndòng 2\ndòng 3"),
        ("Ðại hội ðồng; QÐ-UBND", "Đại hội đồng; QĐ-UBND"),
        ("  có  hai  ", "có  hai"),
    ],
)
def test_unicode_form_and_spaces_are_folded_without_a_note(given, meant):
    assert clean_text(given) == Parsed(meant)


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("a\x00b", "ab"),
        ("\x1b[31mđỏ", "[31mđỏ"),
        ("tài liệu\u202efdp.exe", "tài liệufdp.exe"),
        ("x\ufffe\U0001fffe", "x"),
        ("một\u200e", "một"),
        ("lẻ\ud800", "lẻ"),
    ],
)
def test_characters_nobody_sees_are_removed_with_a_note(given, meant):
    outcome = clean_text(given)
    assert (outcome.value, outcome.note, outcome.how) == (meant, "read-as", "unseen-characters")


def test_zero_width_joiners_stay():
    assert clean_text("👩\u200d👩\u200c") == Parsed("👩\u200d👩\u200c")


@pytest.mark.parametrize("blank", ["", "   ", "\u00a0", "\t\n", "\u200b"])
def test_text_of_nothing_is_blank(blank):
    assert clean_text(blank) == Parsed(None)


def test_a_very_long_word_is_read_at_once():
    assert clean_text("ấ" * 200_000) == Parsed("ấ" * 200_000)
    assert clean_text("Ã" * 50_000).value == "Ã" * 50_000


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HOÀ BÌNH", "Hòa Bình"),
        ("UỶ", "ủy"),
        ("khoẻ", "khỏe"),
        ("Thuý", "Thúy"),
        ("quý", "qúy"),
        ("gía", "giá"),
        ("Bà Rịa – Vũng Tàu", "bà rịa -  vũng tàu"),
        ("xa‑01", "XA-01"),
        (unicodedata.normalize("NFD", "Thừa Thiên Huế"), "Thừa Thiên Huế"),
        (" NV-01\u00a0", "nv-01"),
    ],
)
def test_two_spellings_of_a_name_share_their_key(one, other):
    assert match_key(one) == match_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("hòa", "hóa"), ("hoa", "hòa"), ("tuan", "tuân"), ("NV-1", "NV-01"), ("a b", "ab")]
)
def test_different_words_have_different_keys(one, other):
    assert match_key(one) != match_key(other)


@pytest.mark.parametrize(
    ("value", "text", "note"),
    [
        (5.0, "5", None),
        (12.5, "12.5", None),
        (7, "7", None),
        (None, None, None),
        (True, "TRUE", "read-as"),
        (dt.date(2024, 6, 5), "05/06/2024", "read-as"),
        (dt.time(14, 30), "14:30:00", "read-as"),
    ],
)
def test_what_a_spreadsheet_made_of_text_becomes_text_again(value, text, note):
    outcome = parse_text(value)
    assert (outcome.value, outcome.note) == (text, note)


def test_a_cell_marked_while_reading_stays_unreadable():
    assert parse_text(Unreadable("error-value")) == Unreadable("error-value")
