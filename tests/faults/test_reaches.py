"""Nothing a project says leads a command, or the window, to another file, a socket or a program."""

import shutil
import sys
from pathlib import Path

import pytest

from tests.faults import reaches

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux") or shutil.which("strace") is None, reason="strace is not installed"
)


@pytest.mark.parametrize("what", ["info P", "export P -o O/d.svg", "revisions P save -m One --author A"])
def test_a_command_reaches_for_what_it_was_given_only(what: str) -> None:
    found = reaches.reached(what)
    if found is None:
        pytest.skip("strace may not look into processes here")
    assert found == []


def test_what_leads_elsewhere_is_told(tmp_path: Path) -> None:
    lines = [
        '1 execve("/usr/bin/python3", ["python3"], 0x7 /* 9 vars */) = 0',
        f'1 openat(AT_FDCWD, "{tmp_path}/p", O_RDONLY|O_CLOEXEC) = 3',
        f'1 openat(AT_FDCWD, "{tmp_path}/out", O_WRONLY|O_CREAT|O_CLOEXEC, 0666) = 3',
        "1 socket(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0) = 4",
        '1 openat(AT_FDCWD, "/srv/somebody/secret", O_RDONLY) = -1 ENOENT (No such file or directory)',
    ]
    assert list(reaches.beyond(tmp_path, lines)) == []
    wrong = [
        '1 openat(AT_FDCWD, "/srv/somebody/secret", O_RDONLY) = 3',
        '1 openat(AT_FDCWD, "/usr/share/x", O_WRONLY|O_CREAT, 0666) = 3',
        f'1 rename("{tmp_path}/a", "/tmp/elsewhere") = 0',
        "1 socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = 5",
        '2 execve("/usr/bin/xdg-open", ["xdg-open"], 0x7) = 0',
        f'1 unlink("{tmp_path}/../other") = 0',
    ]
    for line in wrong:
        assert len(list(reaches.beyond(tmp_path, [lines[0], line]))) == 1, line
