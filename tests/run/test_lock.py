"""The lock of a shared folder: the second is told who holds it; a lock of a dead process is no lock."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

from kit.errors import UsageError
from kit.run import lock
from kit.run.processes import is_alive, own_mark


def left_by(folder: Path, **facts: str) -> Path:
    """A lock file that somebody else left."""
    holder = lock.Holder("may-khac", "4711-abc", "Lê Mẫu", "2024-06-20T08:00:00+07:00", "kit run 2024-H1")
    path = folder / lock.NAME
    path.write_text(json.dumps({**asdict(holder), **facts}), encoding="utf-8")
    return path


def dead_mark() -> str:
    code = "from kit.run.processes import own_mark; print(own_mark())"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def test_the_second_is_told_who_holds_it_and_since_when(tmp_path):
    with lock.hold(tmp_path, "kit run 2024-H1"):
        told = rf"on {socket.gethostname()} .* kit run 2024-H1 since"
        with pytest.raises(UsageError, match=told) as refused, lock.hold(tmp_path, "kit run 2024-H1"):
            pass
        assert refused.value.exit_code == 2 and str(os.getpid()) in str(refused.value)
    assert list(tmp_path.iterdir()) == []


def test_it_is_free_again_after_a_failure(tmp_path):
    with pytest.raises(ValueError), lock.hold(tmp_path, "first"):
        raise ValueError
    with lock.hold(tmp_path, "second"):
        pass


def test_a_lock_of_a_dead_process_is_no_lock(tmp_path):
    left_by(tmp_path, host=socket.gethostname(), process=dead_mark())
    with lock.hold(tmp_path, "mine"):
        assert lock.holder_of(tmp_path / lock.NAME).doing == "mine"


def test_a_process_with_the_number_of_a_dead_one_is_another(tmp_path):
    assert is_alive(own_mark())
    assert not is_alive(f"{os.getpid()}-1b{own_mark()[-8:]}")


@pytest.mark.parametrize(("silence", "taken"), [(lock.SILENT - 30, False), (lock.SILENT + 30, True)])
def test_a_lock_of_another_machine_lives_while_it_is_renewed(tmp_path, silence, taken):
    path = left_by(tmp_path)
    now = path.stat().st_mtime
    os.utime(path, (now - silence, now - silence))
    if taken:
        with lock.hold(tmp_path, "mine"):
            assert lock.holder_of(path).doing == "mine"
    else:
        with pytest.raises(UsageError, match="Lê Mẫu on may-khac"), lock.hold(tmp_path, "mine"):
            pass
        assert lock.holder_of(path).user == "Lê Mẫu"


def test_a_lock_taken_over_is_noticed_and_not_removed(tmp_path, monkeypatch):
    monkeypatch.setattr(lock, "RENEWED", 0.01)
    with lock.hold(tmp_path, "mine") as lost:
        left_by(tmp_path)
        assert lost.wait(5)
    assert lock.holder_of(tmp_path / lock.NAME).user == "Lê Mẫu"


def test_a_run_that_finds_the_folder_held_ends_with_2_and_one_paragraph(tmp_path, kit_command):
    (tmp_path / "2024-H1").mkdir()
    left_by(tmp_path / "2024-H1")
    code, _, told = kit_command("run", "2024-H1", "--out", tmp_path)
    assert code == 2 and told.count("\n") == 1 and "Lê Mẫu on may-khac holds this folder" in told
