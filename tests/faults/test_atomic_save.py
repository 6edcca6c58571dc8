"""Whatever fails while saving, the old file is byte for byte what it was, and nothing is left lying about."""

import contextlib
import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.files import OPERATIONS, FaultyOps
from workbench.files.atomic import write_atomically, write_in_place
from workbench.files.errors import NoTemporaryFileError, ProjectFileError, SaveError
from workbench.files.fileops import FileOps
from workbench.files.project import load_project, save_project
from workbench.model.judgement import PROJECT_ID, Project
from workbench.store.store import Store

OLD, NEW = b"old content\n", b"new content, longer\n" * 1_000
BEFORE_RENAME = ["status", "writable", "create", "write", "sync", "close", "set_mode", "read", "replace"]


@pytest.fixture
def target(tmp_path) -> Path:
    path = tmp_path / "a.hazard.json"
    path.write_bytes(OLD)
    return path


def test_a_save_without_faults(target):
    ops = FaultyOps()
    write_atomically(target, NEW, ops)
    assert target.read_bytes() == NEW
    assert ops.log == [*BEFORE_RENAME, "sync_folder"]
    assert set(ops.log) < set(OPERATIONS), "every operation is swept below"
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EACCES, errno.EROFS])
@pytest.mark.parametrize("place", range(len(BEFORE_RENAME)), ids=BEFORE_RENAME)
def test_every_operation_failing_in_turn_leaves_the_old_file(target, place, error):
    with pytest.raises(SaveError) as caught:
        write_atomically(target, NEW, FaultyOps(place, error))
    assert target.read_bytes() == OLD
    assert list(target.parent.iterdir()) == [target], "the temporary file is gone"
    assert "was not saved" in str(caught.value)
    assert "\n" not in str(caught.value)
    refused = BEFORE_RENAME[place] == "create" and error == errno.EACCES
    assert isinstance(caught.value, NoTemporaryFileError) == refused, "else writing in place would be offered"


@pytest.mark.parametrize("place", range(len(BEFORE_RENAME) - 2))
def test_a_new_file_does_not_appear_half_written(tmp_path, place):
    with pytest.raises(SaveError):
        write_atomically(tmp_path / "new.hazard.json", NEW, FaultyOps(place))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_flushed_is_told_and_the_new_file_is_whole(target):
    with pytest.raises(SaveError, match="was replaced, but the disk did not confirm"):
        write_atomically(target, NEW, FaultyOps(len(BEFORE_RENAME)))
    assert target.read_bytes() == NEW


def test_short_writes_are_carried_on(target):
    ops = FaultyOps(short=7)
    write_atomically(target, NEW[:100], ops)
    assert target.read_bytes() == NEW[:100]
    assert ops.log.count("write") == 15


def test_a_disk_that_takes_no_bytes_is_full(target):
    with pytest.raises(SaveError, match="the disk is full; free some space"):
        write_atomically(target, NEW, FaultyOps(short=-1))
    assert target.read_bytes() == OLD


def test_what_does_not_read_back_is_not_saved(target):
    with pytest.raises(SaveError, match="was not saved"):
        write_atomically(target, NEW, FaultyOps(corrupt=True))
    assert target.read_bytes() == OLD
    assert list(target.parent.iterdir()) == [target]


def test_a_write_protected_file_is_left_alone(target):
    class Protected(FileOps):
        def writable(self, path: Path) -> bool:
            return False

    with pytest.raises(SaveError, match="is write-protected"):
        write_atomically(target, NEW, Protected())
    assert target.read_bytes() == OLD


def test_an_interrupt_leaves_the_old_file(target):
    class Interrupted(FaultyOps):
        def sync(self, descriptor: int) -> None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_atomically(target, NEW, Interrupted())
    assert target.read_bytes() == OLD
    assert list(target.parent.iterdir()) == [target]


def test_permissions_are_kept(target):
    target.chmod(0o640)
    write_atomically(target, NEW)
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_file_nobody_may_write_is_left_alone_even_by_the_superuser(target):
    target.chmod(0o444)
    with pytest.raises(SaveError, match="write-protected"):
        write_atomically(target, NEW)
    with pytest.raises(SaveError, match="write-protected"):
        write_in_place(target, NEW, target.parent / "keep")
    assert target.read_bytes() == OLD
    assert list(target.parent.iterdir()) == [target]


def test_a_new_file_follows_the_umask(tmp_path):
    old = os.umask(0o027)
    try:
        write_atomically(tmp_path / "n", NEW)
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "n").stat().st_mode) == 0o640


def test_a_symbolic_link_stays_one(target, tmp_path):
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    link = folder / "link.hazard.json"
    link.symlink_to(target)
    write_atomically(link, NEW)
    assert link.is_symlink()
    assert target.read_bytes() == NEW
    assert list(folder.iterdir()) == [link]


def test_a_link_to_nothing_makes_its_target(tmp_path):
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "target")
    write_atomically(link, NEW)
    assert link.is_symlink()
    assert (tmp_path / "target").read_bytes() == NEW


def test_a_link_to_itself_is_told(tmp_path):
    link = tmp_path / "link"
    link.symlink_to(link)
    with pytest.raises(SaveError):
        write_atomically(link, NEW)


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("folder", "is a folder"),
        ("none/a.json", "there is no such folder"),
        ("file/a.json", "there is no such folder"),
        ("x" * 300, "the name is too long"),
        ("a\0b", "choose another name"),
        ("pipe", "is no ordinary file"),
    ],
)
def test_places_that_cannot_be_saved_to(tmp_path, place, words):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(OLD)
    os.mkfifo(tmp_path / "pipe")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(SaveError, match=words):
        write_atomically(tmp_path / place, NEW)
    assert sorted(tmp_path.iterdir()) == before


def test_a_project_survives_a_failed_save(tmp_path):
    path = tmp_path / "p.hazard.json"
    store = Store([Project(id=PROJECT_ID, title="Before")])
    save_project(store, path)
    before = path.read_bytes()
    with store.transaction("Rename") as tx:
        tx.patch(PROJECT_ID, title="After")
    for place in range(len(BEFORE_RENAME)):
        with pytest.raises(SaveError):
            save_project(store, path, ops=FaultyOps(place))
        assert path.read_bytes() == before
    assert load_project(path).title == "Before"
    save_project(store, path)
    assert load_project(path).title == "After"


def test_a_file_that_fails_while_it_is_read(tmp_path):
    path = tmp_path / "p.hazard.json"
    save_project(Store([Project(id=PROJECT_ID)]), path)
    with pytest.raises(ProjectFileError, match="cannot be read"):
        load_project(path, ops=FaultyOps(0))


def test_a_disk_that_is_really_full(tmp_path):
    """On a small tmpfs, where one write may take fewer bytes than given without an error."""
    mount = tmp_path / "small"
    mount.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(mount)]
    try:
        mounted = subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        mounted = False
    if not mounted:
        pytest.skip("mounting a tmpfs takes the rights of the superuser")
    try:
        path = mount / "p.hazard.json"
        path.write_bytes(OLD)
        (mount / "filler").write_bytes(b"x" * 180_000)
        for size in (90_000, 200_000, 1_000_000):
            with pytest.raises(SaveError, match="the disk is full"):
                write_atomically(path, b"y" * size)
            assert path.read_bytes() == OLD
            assert sorted(file.name for file in mount.iterdir()) == ["filler", "p.hazard.json"]
    finally:
        subprocess.run(["umount", str(mount)], check=True)


KILLED = """
import os, signal, sys
from pathlib import Path
from workbench.files.atomic import write_atomically
from tests.faults.files import FaultyOps

class Killed(FaultyOps):
    def _step(self, name):
        self.log.append(name)
        if len(self.log) - 1 == self.fail_at:
            os.kill(os.getpid(), signal.SIGKILL)

write_atomically(Path(sys.argv[1]), b"new" * 1000, Killed(int(sys.argv[2])))
"""


@pytest.mark.parametrize("place", range(len(BEFORE_RENAME) + 1), ids=[*BEFORE_RENAME, "sync_folder"])
def test_a_process_killed_at_any_step_leaves_old_or_new(target, root, place):
    subprocess.run([sys.executable, "-c", KILLED, str(target), str(place)], cwd=root, check=False, timeout=60)
    assert target.read_bytes() == (OLD if place < len(BEFORE_RENAME) else b"new" * 1000)


# writing in place, where no file can be made beside


@pytest.fixture
def keep(tmp_path) -> Path:
    return tmp_path / "not there yet" / "copy.hazard.json"


def test_a_file_is_written_over_in_place(target, keep):
    number = target.stat().st_ino
    write_in_place(target, b"new", keep)
    assert target.read_bytes() == b"new", "what was longer is cut off"
    assert target.stat().st_ino == number
    assert not keep.exists()


def test_there_must_be_a_file_to_write_over(tmp_path, keep):
    with pytest.raises(SaveError, match="no such file to write over"):
        write_in_place(tmp_path / "none", NEW, keep)
    assert not keep.exists()


def test_a_new_file_in_a_folder_that_takes_none_is_no_case_for_writing_in_place(tmp_path):
    with pytest.raises(SaveError) as caught:
        write_atomically(tmp_path / "new.hazard.json", NEW, FaultyOps(1, errno.EACCES))
    assert not isinstance(caught.value, NoTemporaryFileError)


def test_every_operation_of_writing_in_place_failing_once_leaves_old_or_new(target, keep):
    ops = FaultyOps()
    write_in_place(target, NEW, keep, ops)
    for place in range(len(ops.log)):
        target.write_bytes(OLD)
        try:
            write_in_place(target, NEW, keep, FaultyOps(place, errno.EIO))
        except SaveError:
            assert target.read_bytes() == OLD, ops.log[place]
        else:
            assert ops.log[place] == "remove", "only a copy that stays is no failure"
            assert target.read_bytes() == NEW


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO])
def test_writing_in_place_that_fails_for_good_keeps_what_was_saved(target, keep, error):
    ops = FaultyOps()
    write_in_place(target, NEW, keep, ops)
    for place in range(len(ops.log)):
        target.write_bytes(OLD)
        keep.unlink(missing_ok=True)
        with contextlib.suppress(SaveError):
            write_in_place(target, NEW, keep, FaultyOps(error=error, fails=place.__le__))
        if target.read_bytes() not in (OLD, NEW):
            assert keep.read_bytes() == NEW, ops.log[place]


def test_what_does_not_read_back_in_place_gives_way_to_the_old_content(target, keep):
    class Rotting(FileOps):
        def read(self, path: Path, limit: int) -> bytes:
            data = super().read(path, limit)
            return data[:-1] if path == target and data == NEW else data

    with pytest.raises(SaveError, match="was not saved"):
        write_in_place(target, NEW, keep, Rotting())
    assert target.read_bytes() == OLD


def test_a_file_that_is_damaged_in_place_is_told_with_where_it_is_whole(target, keep):
    ops = FaultyOps()
    write_in_place(target, NEW, keep, ops)
    target.write_bytes(OLD)
    truncating = ops.log.index("truncate")
    with pytest.raises(SaveError, match=r"was damaged while it was written.* is whole in .*copy\.hazard\.json"):
        write_in_place(target, NEW, keep, FaultyOps(fails=truncating.__le__))


def test_a_project_is_saved_in_place_where_it_was_asked_for(target, keep):
    saved = save_project(Store([Project(id=PROJECT_ID, title="Here")]), target, in_place=keep)
    assert load_project(target).content_hash == saved.content_hash
