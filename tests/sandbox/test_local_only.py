"""The page is for this machine: other sites in the same browser can neither read nor drive it."""

import aiohttp
import pytest

from bot.sandbox import PersonSpec, Sandbox, World


def small() -> Sandbox:
    return Sandbox(World.build("Workshop", people=[PersonSpec("attendee")]))


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        ("127.0.0.1", None, 200),
        ("localhost", None, 200),
        ("127.0.0.1", "http://127.0.0.1:{port}", 200),
        ("127.0.0.1", "https://evil.example", 403),
        ("127.0.0.1", "http://127.0.0.1:1", 403),
        ("127.0.0.1", "null", 403),
        ("127.0.0.1", "http://[", 403),
        ("[::1]", None, 200),
        ("[", None, 403),
        ("evil.example", None, 403),
        ("evil.example", "http://evil.example:{port}", 403),
    ],
)
@pytest.mark.parametrize("path", ["/", "/sandbox/people"])
async def test_page_answers_only_this_machine(path: str, host: str, origin: str | None, status: int) -> None:
    async with small() as sandbox, aiohttp.ClientSession() as session:
        port = sandbox.page_url.rstrip("/").rpartition(":")[2]
        headers = {"Host": f"{host}:{port}"} | ({"Origin": origin.format(port=port)} if origin else {})
        async with session.get(f"http://127.0.0.1:{port}{path}", headers=headers) as answer:
            assert answer.status == status


async def test_socket_is_refused_to_another_site() -> None:
    async with small() as sandbox, aiohttp.ClientSession() as session:
        person = sandbox.person("attendee").user.id
        address = f"{sandbox.page_url.replace('http', 'ws', 1)}sandbox/ws?as={person}"
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await session.ws_connect(address, headers={"Origin": "https://evil.example"})
        assert refused.value.status == 403
        async with session.ws_connect(address) as socket:
            assert not socket.closed
