"""Screens stay awake while a presentation runs, on three systems and on none."""

import os
import shutil
import socket
import subprocess
import sys

import pytest

from workbench.present.awake import AwakeByBus, AwakeByCommand, AwakeByState, keeper


@pytest.mark.parametrize(
    ("platform", "cls"),
    [
        ("win32", AwakeByState),
        ("darwin", AwakeByCommand),
        ("linux", AwakeByBus),
        ("freebsd14", AwakeByBus),
    ],
)
def test_every_system_has_its_way(platform, cls):
    assert type(keeper(platform)) is cls


def test_windows_is_told_that_the_display_is_needed_and_then_that_it_is_not():
    said: list[int] = []
    awake = AwakeByState(said.append)
    awake.hold()
    assert said == [0x80000003]
    awake.release()
    awake.release()
    assert set(said[1:]) == {0x80000000}


@pytest.fixture
def command(tmp_path):
    """A command that waits, and keeps what it was asked."""
    if sys.platform == "win32":
        pytest.skip("the command is a shell's")
    made = tmp_path / "caffeinate"
    made.write_text(f'#!/bin/sh\necho "$@" > "{tmp_path}/asked"\nexec sleep 600\n', encoding="utf-8")
    made.chmod(0o755)
    return made


def test_macos_runs_its_command_until_it_is_released(command, tmp_path, qtbot):
    awake = AwakeByCommand(str(command))
    awake.hold()
    child = awake._child
    assert child is not None
    asked = tmp_path / "asked"
    qtbot.waitUntil(lambda: asked.is_file() and asked.read_text(encoding="utf-8").endswith("\n"), timeout=20_000)
    assert asked.read_text(encoding="utf-8").split() == ["-d", "-i", "-w", str(os.getpid())]
    awake.hold()
    assert awake._child is child, "one is enough"
    awake.release()
    assert child.returncode is not None
    awake.release()


def test_a_command_that_is_not_there_is_done_without(tmp_path):
    awake = AwakeByCommand(str(tmp_path / "none"))
    awake.hold()
    awake.release()


def test_without_a_bus_nothing_is_asked_and_none_is_started(monkeypatch):
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    awake = AwakeByBus()
    awake.hold()
    assert not awake._name
    awake.release()


def test_a_bus_that_is_gone_is_done_without(tmp_path):
    done = _in_a_process({"DBUS_SESSION_BUS_ADDRESS": f"unix:path={tmp_path}/none"}, _ALONE)
    assert done.stdout.split() == ["held", "released"], done.stderr


def test_a_bus_without_a_screen_saver_is_done_without(bus):
    done = _in_a_process({"DBUS_SESSION_BUS_ADDRESS": bus}, _ALONE)
    assert done.stdout.split() == ["held", "released"], done.stderr


def test_the_screen_saver_is_asked_over_the_bus_and_hears_when_it_is_over(bus):
    done = _in_a_process({"DBUS_SESSION_BUS_ADDRESS": bus}, _SAVER)
    assert done.stdout.splitlines() == ["Hazard Workbench: A presentation is running", "gone True"], done.stderr


_ALONE = """
from PySide6.QtCore import QCoreApplication
from workbench.present.awake import AwakeByBus
qt = QCoreApplication([])
awake = AwakeByBus()
awake.hold()
qt.processEvents()
print("held")
awake.release()
awake.release()
print("released")
"""
_SAVER = """
from PySide6.QtCore import ClassInfo, QCoreApplication, QDeadlineTimer, QObject, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from workbench.present.awake import AwakeByBus

@ClassInfo(**{"D-Bus Interface": "org.freedesktop.ScreenSaver"})
class Saver(QObject):
    asked = ""

    @Slot(str, str, result="uint")
    def Inhibit(self, program, why):
        self.asked = f"{program}: {why}"
        return 7

qt = QCoreApplication([])
bus = QDBusConnection.connectToBus(QDBusConnection.BusType.SessionBus, "saver")
saver = Saver()
bus.registerObject("/org/freedesktop/ScreenSaver", saver, QDBusConnection.RegisterOption.ExportAllSlots)
bus.registerService("org.freedesktop.ScreenSaver")

def names():
    return bus.call(QDBusMessage.createMethodCall(*["org.freedesktop.DBus", "/org/freedesktop/DBus"],
                                                  "org.freedesktop.DBus", "ListNames")).arguments()[0]

def until(done):
    end = QDeadlineTimer(20_000)
    while not done() and not end.hasExpired():
        qt.processEvents()

before = set(names())
awake = AwakeByBus()
awake.hold()
until(lambda: saver.asked)
print(saver.asked)
held = set(names()) - before
awake.release()
until(lambda: not held & set(names()))
print("gone", bool(held) and not held & set(names()))
"""


@pytest.fixture
def bus(tmp_path):
    """The address of a session bus of our own."""
    daemon = shutil.which("dbus-daemon")
    if daemon is None or not hasattr(socket, "AF_UNIX"):
        pytest.skip("dbus-daemon is not installed")
    order = [daemon, "--session", "--nofork", "--print-address=1", "--nosyslog"]
    with subprocess.Popen(order, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as child:
        assert child.stdout is not None
        yield child.stdout.readline().strip()
        child.kill()


def _in_a_process(environment, program):
    pytest.importorskip("PySide6.QtDBus")
    return subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
