"""Hostile project files do no harm: some of every attack here, all of them in the script's long run."""

import socket
import subprocess
import sys

import pytest

from tests.faults.audit import Watch
from tests.faults.hostile import STRUCTURE, cases, field_types, run, try_one
from tests.faults.mutations import ATTACKS
from tests.faults.seeds import sample_data


def test_some_of_every_attack():
    told = run(0, len(cases()), 101)
    assert told["wrong"] == []
    assert told["opened"] > 0 < told["refused"]
    assert told["memory"] < 512


def test_every_attack_meets_every_type_of_field():
    assert len(field_types()) > 60
    assert len(cases()) > len(ATTACKS) * len(field_types())


@pytest.mark.parametrize("name", list(STRUCTURE)[::3])
def test_damage_to_the_structure(name):
    try_one(STRUCTURE[name]())


@pytest.mark.parametrize("name", ["html", "direction override", "xml entity", "a long word", "null byte"])
def test_text_that_is_no_markup_in_every_field(name):
    data = next(make for title, make in cases() if title == f"{name} in every text")
    assert try_one(data()) == "opened"


def test_what_is_wrong_is_found(monkeypatch):
    monkeypatch.setattr("tests.faults.hostile.SECONDS", 0.0)
    with pytest.raises(AssertionError, match="opening took"):
        try_one(sample_data().encode())


def test_a_reach_for_a_file_a_socket_or_a_program_is_noticed():
    watch = Watch()
    try:
        with open("/etc/hostname", "rb"):  # noqa: PTH123 - any way of opening
            pass
        socket.socket().close()
        subprocess.run([sys.executable, "-c", ""], check=True)
    finally:
        watch.stop()
    told = " ".join(watch.seen)
    assert "/etc/hostname" in told
    assert "socket.__new__" in told
    assert "subprocess.Popen" in told
