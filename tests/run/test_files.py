"""Files are whole or absent, and what goes wrong with the disk is said in words for the office."""

from __future__ import annotations

import errno
import os

import pytest

from kit.run import files
from kit.run.files import WriteError, sweep, write_together, write_whole


@pytest.fixture
def folder(tmp_path):
    write_together(tmp_path / "XA-1", {"report.html": b"old", "report.pdf": b"old"})
    return tmp_path / "XA-1"


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def failing(monkeypatch, name, error):
    """Make one step fail for ``report.pdf``."""
    real = getattr(files, name)

    def step(path, *rest, **named):
        if "report.pdf" in path.name:
            raise error
        return real(path, *rest, **named)

    monkeypatch.setattr(files, name, step)


def test_a_full_disk_leaves_all_files_as_they_were(folder, monkeypatch):
    failing(monkeypatch, "_write", OSError(errno.ENOSPC, "No space left on device", str(folder / ".report.pdf.1.new")))
    with pytest.raises(WriteError, match="Ổ đĩa đã đầy, không ghi được"):
        write_together(folder, {"report.html": b"new", "report.pdf": b"new"})
    assert contents(folder) == {"report.html": b"old", "report.pdf": b"old"}


def test_a_file_held_open_is_named_and_nothing_half_written_is_left(folder, monkeypatch):
    held = PermissionError(errno.EACCES, "in use", str(folder / f".report.pdf.{os.getpid()}.new"), None, "report.pdf")
    failing(monkeypatch, "_put_in_place", held)
    with pytest.raises(WriteError, match=r"Không ghi được report\.pdf: tệp đang mở ở chương trình khác"):
        write_together(folder, {"report.pdf": b"new"})
    assert contents(folder) == {"report.html": b"old", "report.pdf": b"old"}


def test_what_is_no_longer_true_goes_before_anything_new_appears(folder, monkeypatch):
    (folder / "manifest.json").write_bytes(b"{}")
    failing(monkeypatch, "_put_in_place", PermissionError(errno.EACCES, "in use"))
    with pytest.raises(WriteError):
        write_together(folder, {"report.html": b"new", "report.pdf": b"new"}, without=("manifest.json",))
    assert contents(folder) == {"report.html": b"new", "report.pdf": b"old"}  # no manifest: it is built again


def test_what_a_killed_run_left_is_removed(folder):
    (folder / ".report.pdf.4711.new").write_bytes(b"half")
    sweep(folder.parent, deep=True)
    assert set(contents(folder)) == {"report.html", "report.pdf"}


def test_a_durable_file_is_written_like_any_other(tmp_path):
    write_whole(tmp_path / "1.json", b"{}", durable=True)
    assert contents(tmp_path) == {"1.json": b"{}"}
