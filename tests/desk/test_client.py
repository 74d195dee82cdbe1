"""The server's way to the desk: a rush of messages is answered, and leaves no connections behind."""

from __future__ import annotations

import asyncio
from typing import Any

from cps_training.desk import protocol
from cps_training.desk.client import MOST_KEPT, AsyncDeskClient
from tests.server.visitor import in_a_thread

RUSH = 60


def test_after_a_rush_only_a_few_connections_stay(tmp_path: Any) -> None:
    address, met, open_now = tmp_path / "desk", set(), set()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        open_now.add(writer)
        while await reader.readline():
            met.add(writer)
            while len(met) < RUSH:  # nobody is answered before all have come
                await asyncio.sleep(0.001)
            writer.write(b'{"ok": true, "value": {"status": "ok"}}\n')
        open_now.discard(writer)
        writer.close()

    async def scene() -> None:
        server = await asyncio.start_unix_server(answer, address)
        client = AsyncDeskClient(f"unix:{address}", protocol.ServerHello(secret="x"))
        async with server:
            told = await asyncio.gather(*(client.ask(protocol.Health()) for _ in range(RUSH)))
            assert told == [{"status": "ok"}] * RUSH
            while len(open_now) > MOST_KEPT:
                await asyncio.sleep(0.01)
            assert await client.ask(protocol.Health()) == {"status": "ok"}  # by one that was kept
            assert len(open_now) == MOST_KEPT
            await client.close()

    in_a_thread(asyncio.wait_for(scene(), 30))
