"""Settings: where they come from, and what is said when they are wrong."""

from pathlib import Path

import pytest

from bot.config import VARIABLES, Settings, SettingsError, load


def test_load_prefers_the_environment_over_the_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("DISCORD_TOKEN=from-file\nUSHER_EVENT=mine\n")
    settings = load(tmp_path, {"DISCORD_TOKEN": "from-environment", "PATH": "/bin"})
    assert (settings.token, settings.event) == ("from-environment", "mine")


def test_load_without_anything_has_defaults(tmp_path: Path) -> None:
    assert load(tmp_path, {}) == Settings()
    assert load(tmp_path, dict.fromkeys(VARIABLES, " ")) == Settings()


def test_load_takes_the_file_where_the_environment_is_empty(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("USHER_EVENT=mine\n")
    assert load(tmp_path, {"USHER_EVENT": ""}).event == "mine"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_load_takes_the_file_as_windows_writes_it(tmp_path: Path, encoding: str) -> None:
    (tmp_path / ".env").write_text("USHER_EVENT=Zürich\r\n", encoding=encoding, newline="")
    assert load(tmp_path, {}).event == "Zürich"


@pytest.mark.parametrize(
    "content", ["USHER_EVENT=Zürich".encode("latin-1"), "USHER_EVENT=x".encode("utf-16-le"), b"\xff\xfe\x00"]
)
def test_load_says_which_file_is_no_text_and_what_mends_it(tmp_path: Path, content: bytes) -> None:
    (tmp_path / ".env").write_bytes(content)
    with pytest.raises(SettingsError) as told:
        load(tmp_path, {})
    assert str(told.value) == (
        f"{tmp_path / '.env'} is not a UTF-8 text. Open it in an editor and save it with the encoding UTF-8."
    )


def test_load_says_that_the_file_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / ".env").mkdir()
    with pytest.raises(SettingsError, match=r"\.env cannot be read: Is a directory"):
        load(tmp_path, {})


@pytest.mark.parametrize("address", ["http://127.0.0.1:8787", "http://127.0.0.1:8787/", "http://127.0.0.1:8787/api"])
def test_load_says_what_an_address_lacks(tmp_path: Path, address: str) -> None:
    with pytest.raises(SettingsError, match="USHER_DISCORD_API must end with the API and its version, /api/v10"):
        load(tmp_path, {"USHER_DISCORD_API": address})
    whole = {"USHER_DISCORD_API": "http://127.0.0.1:8787/api/v10/"}
    assert load(tmp_path, whole).discord_api == "http://127.0.0.1:8787/api/v10"


def test_load_lists_every_fault_at_once_without_the_values(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as told:
        load(tmp_path, {"USHER_GUILD": "hunter2", "USHER_DISCORD_API": "hunter2"})
    assert [line.split()[0] for line in str(told.value).splitlines()[1:]] == [
        "USHER_GUILD",
        "USHER_DISCORD_API",
    ]
    assert "hunter2" not in str(told.value)


@pytest.mark.parametrize("guild", ["12345678901234567", "12345678901234567890"])
def test_load_takes_a_guild_of_17_to_20_digits(tmp_path: Path, guild: str) -> None:
    assert load(tmp_path, {"USHER_GUILD": guild}).guild == int(guild)


@pytest.mark.parametrize("guild", ["0", "12", "1234567890123456", "0" * 18, "1" * 21, "1" * 23, "１" * 18])
def test_load_refuses_a_guild_that_no_server_can_be(tmp_path: Path, guild: str) -> None:
    with pytest.raises(SettingsError, match="USHER_GUILD must be a server's id, a number of 17 to 20 digits"):
        load(tmp_path, {"USHER_GUILD": guild})


def test_a_token_is_never_shown() -> None:
    assert "secret-token" not in repr(Settings(token="secret-token"))
