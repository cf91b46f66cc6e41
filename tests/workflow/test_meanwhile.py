"""A task beside the body: waited for, heard of when it fails, told when it is no longer wanted."""

from __future__ import annotations

import pytest

from kit.workflow.meanwhile import meanwhile


def test_the_task_is_done_when_the_body_goes_on():
    done = []
    with meanwhile(lambda _: done.append("task")):
        done.append("body")
    assert sorted(done) == ["body", "task"]


def test_an_error_of_the_task_is_raised_after_the_body():
    passed = []

    def fails(_):
        raise ValueError("disk full")

    with pytest.raises(ValueError, match="disk full"), meanwhile(fails):
        passed.append("body")
    assert passed == ["body"]


def test_the_task_is_told_when_the_body_was_interrupted():
    told = []

    with pytest.raises(KeyboardInterrupt), meanwhile(lambda ended: told.append(ended.wait(30))):
        raise KeyboardInterrupt
    assert told == [True]
