"""One process per database, however it looks around in the folder."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.folders import read_files
from bot.storage.database import Database
from bot.storage.lock import InUseError, ProcessLock

_TAKE = """
import sys
from pathlib import Path
from bot.storage.lock import ProcessLock
ProcessLock.take(Path(sys.argv[1]))
"""


def taken_by_another_process(path: Path) -> bool:
    """Whether another process is refused the lock."""
    done = subprocess.run([sys.executable, "-c", _TAKE, str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0 or "InUseError" in done.stderr
    return done.returncode != 0


def test_a_lock_is_refused_to_others_until_it_is_released(tmp_path: Path) -> None:
    path = tmp_path / "usher.db"
    lock = ProcessLock.take(path)
    with pytest.raises(InUseError, match="Another Usher process"):
        ProcessLock.take(path)
    assert taken_by_another_process(path)
    lock.release()
    assert not taken_by_another_process(path)


def test_reading_an_event_folder_leaves_the_database_in_it_locked(tmp_path: Path) -> None:
    """Whoever opens and closes a file gives away all its locks in that process (POSIX), so it must not be opened."""
    path = tmp_path / "usher.db"
    (tmp_path / "event.yaml").write_text("id: small\n")
    database, lock = Database.open(path), ProcessLock.take(path)
    files = read_files(tmp_path)
    assert files["event.yaml"] == b"id: small\n"
    assert {name: content for name, content in files.items() if name != "event.yaml"} == dict.fromkeys(
        set(files) - {"event.yaml"}, b""
    )
    assert taken_by_another_process(path)
    lock.release()
    database.close()
