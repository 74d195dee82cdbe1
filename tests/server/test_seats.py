"""Who gets a seat: the queue by itself, reservations by themselves, and three people before a server with one seat."""

from __future__ import annotations

import asyncio
import json
import re
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cps_training.server import reservations
from cps_training.server.reservations import PER_SESSION, WAITING_PER_SESSION, NoSeat, Reservations, TooManyPages
from cps_training.server.seats import PATIENCE_SECONDS, WaitingRoom
from tests.kit import Kit
from tests.server.bare_kernels import short_folder, wait_for
from tests.server.conftest import kernels_of
from tests.server.visitor import Visitor, in_a_thread, page_state

# The queue --------------------------------------------------------------------------------------------------------


def test_who_comes_first_stands_first_however_often_others_ask() -> None:
    room = WaitingRoom()
    assert [room.come(name, 0.0) for name in ("a", "b", "c")] == [1, 2, 3]
    assert [room.come(name, 1.0) for name in ("c", "b", "c", "a")] == [3, 2, 3, 1]
    assert len(room) == 3


def test_free_seats_are_the_first_ones_turn() -> None:
    room = WaitingRoom()
    for name in ("a", "b", "c"):
        room.come(name, 0.0)

    def in_turn(free: int) -> str:
        return "".join(name for name in ("a", "b", "c", "new") if room.is_turn(name, free, 1.0))

    assert [in_turn(free) for free in (-1, 0, 1, 2, 3, 4)] == ["", "", "a", "ab", "abc", "abcnew"]


def test_who_leaves_or_is_not_heard_of_gives_the_place_to_the_next() -> None:
    room = WaitingRoom()
    for name in ("a", "b", "c"):
        room.come(name, 0.0)
    room.leave("a")
    room.leave("nobody")
    assert room.come("c", 1.0) == 2
    assert room.is_turn("b", 1, PATIENCE_SECONDS)  # still within its patience
    assert not room.is_turn("c", 1, PATIENCE_SECONDS)
    assert room.is_turn("c", 1, PATIENCE_SECONDS + 0.5)  # b's page was closed
    assert room.come("c", PATIENCE_SECONDS + 0.5) == 1
    assert room.come("b", PATIENCE_SECONDS + 0.6) == 2  # back, and behind


def test_an_empty_room_is_nobodys_obstacle() -> None:
    room = WaitingRoom()
    assert room.is_turn("a", 1, 0.0)
    assert not room.is_turn("a", 0, 0.0)
    assert len(room) == 0


@given(
    st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from(("come", "leave")), st.floats(0, 15))),
    st.integers(0, 5),
)
def test_nobody_is_let_in_before_somebody_who_came_earlier_and_still_waits(
    happened: list[tuple[str, str, float]], free: int
) -> None:
    room, now, heard = WaitingRoom(), 0.0, dict[str, float]()
    for name, what, later in happened:
        now += later
        heard = {who: when for who, when in heard.items() if now - when <= PATIENCE_SECONDS}
        if what == "come":
            heard[name] = now
            assert room.come(name, now) == list(heard).index(name) + 1
        else:
            heard.pop(name, None)
            room.leave(name)
    assert [name for name in heard if room.is_turn(name, free, now)] == list(heard)[:free]
    assert room.is_turn("newcomer", free, now) == (len(heard) < free)


# Reservations -----------------------------------------------------------------------------------------------------


class Office:
    """Reservations whose kernels take a moment to end, as real ones do."""

    def __init__(self, seats: int) -> None:
        self.ended: list[str] = []
        self.most = 0
        self.seconds = 0.001
        self.book = Reservations(lambda: seats, self._end)

    async def _end(self, kernel_id: str) -> None:
        held = self.book.held.pop(kernel_id, None)
        await asyncio.sleep(self.seconds)
        if held is not None:
            held.ready.set()
            self.ended.append(kernel_id)

    async def open(self, session: str, *, is_ready: bool = True) -> str:
        kernel_id = await self.book.reserve(session, is_light=True)
        self.most = max(self.most, len(self.book.held))
        if is_ready:
            self.book.held[kernel_id].ready.set()
        return kernel_id

    async def place(self, session: str) -> int:
        """Where a page of this session must wait; 0 where it opens."""
        try:
            await self.open(session)
        except NoSeat as full:
            return full.place
        return 0


def scene(play: Callable[[], Awaitable[None]]) -> None:
    in_a_thread(asyncio.wait_for(play(), 30))


def test_a_sessions_newest_pages_stay() -> None:
    async def play() -> None:
        office = Office(10)
        kernels = [await office.open("a") for _ in range(5)]
        assert list(office.book.held) == kernels[-PER_SESSION:]
        assert office.ended == kernels[:-PER_SESSION]

    scene(play)


def test_a_page_that_is_still_starting_is_never_ended() -> None:
    async def play() -> None:
        office = Office(10)
        first = await office.open("a", is_ready=False)
        second = await office.open("a", is_ready=False)
        third = asyncio.ensure_future(office.open("a"))
        await asyncio.sleep(0.05)
        assert not third.done()
        assert list(office.book.held) == [first, second]
        office.book.held[first].ready.set()
        await third
        assert office.ended == [first]

    scene(play)


def test_tabs_opened_all_at_once_slip_through_no_limit() -> None:
    async def play() -> None:
        office = Office(10)
        found = await asyncio.gather(*(office.open("a") for _ in range(8)), return_exceptions=True)
        refused = [one for one in found if isinstance(one, TooManyPages)]
        assert len(refused) >= 8 - PER_SESSION - WAITING_PER_SESSION
        assert refused[0].status_code == 429
        assert all(isinstance(one, str) for one in found if one not in refused)
        assert office.most == PER_SESSION
        assert not office.book._waiting
        assert not office.book._locks

    scene(play)


def test_a_page_that_waits_for_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reservations, "WAIT_SECONDS", 0.05)

    async def play() -> None:
        office = Office(10)
        for _ in range(PER_SESSION):
            await office.open("a", is_ready=False)
        with pytest.raises(TooManyPages):
            await office.open("a")
        assert not office.book._locks

    scene(play)


def test_when_all_seats_are_taken_people_wait_in_order() -> None:
    async def play() -> None:
        office = Office(2)
        taken = [await office.open(name) for name in ("a", "b")]
        assert [await office.place(name) for name in ("c", "d", "c", "e")] == [1, 2, 1, 3]
        assert office.book.wait_for_seat("d") == (2, False)
        await office._end(taken[0])
        assert [office.book.wait_for_seat(name) for name in ("e", "d", "c")] == [(3, False), (2, False), (1, True)]
        assert [await office.place(name) for name in ("new", "d", "c")] == [4, 2, 0]
        assert office.book.wait_for_seat("d") == (1, False)

    scene(play)


def test_who_has_a_seat_goes_on_to_another_page_in_it() -> None:
    """A browser asks for the next page before it says goodbye to the one before: that must not cost one's seat."""

    async def play() -> None:
        office = Office(2)
        first = await office.open("a")
        await office.open("b")
        assert await office.place("c") == 1
        assert await office.place("a") == 0
        assert office.ended == [first]
        assert len(office.book.held) == 2
        assert await office.place("c") == 1

    scene(play)


def test_who_reloads_a_page_that_is_still_starting_keeps_the_seat_too() -> None:
    async def play() -> None:
        office = Office(1)
        first = await office.open("a", is_ready=False)
        assert await office.place("b") == 1
        again = asyncio.ensure_future(office.place("a"))
        await asyncio.sleep(0.01)
        assert list(office.book.held) == [first]
        office.book.held[first].ready.set()
        assert await again == 0
        assert office.most == 1
        assert await office.place("b") == 1

    scene(play)


def test_a_page_that_went_away_long_ago_gives_up_its_seat(monkeypatch: pytest.MonkeyPatch) -> None:
    async def play() -> None:
        office = Office(1)
        first = await office.open("a")
        assert await office.place("b") == 1
        office.book.held[first].last_seen -= reservations.NEVER_CONNECTED_SECONDS + 1
        office.book.held[first].connections.add(object())  # somebody reads
        assert await office.place("b") == 1
        office.book.held[first].connections.clear()
        assert office.book.wait_for_seat("b") == (1, True)
        assert await office.place("c") == 2
        assert await office.place("b") == 0
        assert office.ended == [first]

    scene(play)


def test_there_are_never_more_pages_than_seats_though_ending_one_takes_time() -> None:
    async def play() -> None:
        office = Office(3)
        for name in ("a", "b", "c"):
            kernel = await office.open(name)
            office.book.held[kernel].last_seen -= reservations.NEVER_CONNECTED_SECONDS + 1
        await asyncio.gather(*(office.place(name) for name in "defghiabc" for _ in range(2)), return_exceptions=True)
        assert office.most <= 3

    scene(play)


def test_a_seat_that_is_passed_on_within_a_session_goes_to_nobody_else_meanwhile() -> None:
    async def play() -> None:
        office = Office(1)
        await office.open("a")
        assert await office.place("b") == 1
        mine = asyncio.ensure_future(office.place("a"))
        await asyncio.sleep(0)  # the old page is being ended
        theirs = asyncio.ensure_future(office.place("b"))
        assert [await mine, await theirs] == [0, 1]
        assert office.most == 1

    scene(play)


def test_a_seat_that_could_not_be_passed_on_in_time_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reservations, "WAIT_SECONDS", 0.05)

    async def play() -> None:
        office = Office(1)
        await office.open("a")
        office.seconds = 0.5
        with pytest.raises(TooManyPages):
            await office.open("a")
        office.seconds = 0.0
        assert await office.place("b") == 0

    scene(play)


# In the server ----------------------------------------------------------------------------------------------------

IMPATIENT = """
from cps_training.server import seats
seats.PATIENCE_SECONDS = 3.0
from cps_training.cli import main
main()
"""


@pytest.fixture(scope="module")
def one_seat() -> Iterator[Kit]:
    with short_folder() as root:
        (root / "config.toml").write_text("seats = 1\n", "utf-8")
        running = Kit(root, "--demo", command=(sys.executable, "-c", IMPATIENT), cwd=Path.cwd())
        yield running
        assert running.stop() == 0


@pytest.fixture
def people(one_seat: Kit) -> Iterator[list[Visitor]]:
    found = [Visitor(one_seat).enter_as(role) for role in ("learner", "approver", "trainer")]
    asks_on(found[0])  # until those of the test before are forgotten
    yield found
    for person in found:
        person.post("/sign-out")
    wait_for(lambda: not kernels_of(one_seat), "nobody is there any more")


def seat(visitor: Visitor) -> tuple[int, bool]:
    answer = visitor.get("/seat?for=/home")
    assert answer.status == 200
    told = json.loads(answer.body)
    return told["place"], told["is_free"]


def asks_on(visitor: Visitor) -> Any:
    """What its waiting page does until its turn has come."""

    def once() -> bool:
        time.sleep(0.2)
        return seat(visitor)[1]

    return wait_for(once, "its turn comes")


def test_the_second_one_waits_on_a_page_that_says_where(one_seat: Kit, people: list[Visitor]) -> None:
    first, second, third = people
    first.open("/home")
    for place, visitor in ((1, second), (2, third)):
        answer = visitor.get("/quiz?form=cps-practice")
        assert answer.status == 503
        assert int(answer.headers["Retry-After"]) > 0
        assert "no-store" in answer.headers["Cache-Control"]
        assert "ขณะนี้ที่นั่งเต็มแล้ว" in answer.text
        words = re.search(r'<p class="shell-place"[^>]*>(.*?)</p>', answer.text)
        assert words
        assert words[1] == ("ถัดไปเป็นคิวของคุณ" if place == 1 else "คุณอยู่ลำดับที่ 2")
        assert "<script>" not in answer.text
    assert wait_for(lambda: len(kernels_of(one_seat)) == 1, "the first one's kernel runs")


def test_first_come_first_served(one_seat: Kit, people: list[Visitor]) -> None:
    first, second, third = people
    kernel = first.open("/home")
    assert [visitor.get("/home").status for visitor in (second, third)] == [503, 503]
    assert [seat(visitor) for visitor in (third, second)] == [(2, False), (1, False)]
    assert first.post(f"/voila/api/shutdown/{kernel}").status == 204
    assert [seat(visitor) for visitor in (third, second)] == [(2, False), (1, True)]
    assert third.get("/home").status == 503  # reloading does not help
    assert first.get("/home").status == 503  # nor does having been there before
    kernel = second.open("/home")
    assert [seat(visitor) for visitor in (first, third)] == [(2, False), (1, False)]
    assert second.post(f"/voila/api/shutdown/{kernel}").status == 204
    assert in_a_thread(page_state(third, "/home"))["cells"][0]["outputs"]


def test_a_closed_waiting_page_is_in_nobodys_way(people: list[Visitor]) -> None:
    first, second, third = people
    kernel = first.open("/home")
    assert [visitor.get("/home").status for visitor in (second, third)] == [503, 503]
    first.post(f"/voila/api/shutdown/{kernel}")
    assert seat(third) == (2, False)
    asks_on(third)  # the second does not: it was closed
    third.open("/home")


def test_signing_out_gives_up_the_seat(people: list[Visitor]) -> None:
    first, second, _ = people
    first.open("/home")
    assert second.get("/home").status == 503
    first.post("/sign-out")
    asks_on(second)
    second.open("/home")


def test_who_signs_out_waits_no_more(people: list[Visitor]) -> None:
    first, second, third = people
    first.open("/home")
    assert [visitor.get("/home").status for visitor in (second, third)] == [503, 503]
    second.post("/sign-out")
    assert seat(third) == (1, False)


def test_who_has_the_seat_keeps_it_from_page_to_page(people: list[Visitor]) -> None:
    first, second, _ = people
    kernel = first.open("/home")
    assert second.get("/home").status == 503
    assert in_a_thread(page_state(first, "/quiz"))["cells"][0][
        "outputs"
    ]  # at once: the page before may still be starting
    assert first.get(f"/api/kernels/{kernel}").status == 403
    assert first.post(f"/voila/api/shutdown/{kernel}").status == 204  # the goodbye of the page before comes late
    first.open("/home")
    assert seat(second) == (1, False)


def test_a_stranger_has_no_place(one_seat: Kit) -> None:
    answer = Visitor(one_seat).get("/seat?for=/home")
    assert answer.status in (302, 403)
