"""The key stays at the desk: of a bank full of canaries a browser and a page's kernel hold what the policy has released, no more.

Every item type under every feedback policy and review level, through the shipped server: each byte the browser receives is kept, and
the kernel's memory is read (Linux), before anything is released and after. A harness that cannot fail proves nothing: it is shown to
find what is planted, in every form, and every walk must find what is meant to be seen.
"""

from __future__ import annotations

import secrets
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from cps_training.content.library import Library, load_library
from cps_training.desk import protocol as p
from cps_training.desk.asker import Asker
from cps_training.desk.core import Desk
from cps_training.places import shipped
from tests.server.canary_bank import ANSWER, NEAR, RUBRIC, TOLERANCE
from tests.server.canary_office import IS_LINUX, WALKS, Learner, Office, Page
from tests.server.canary_watch import Ears, Watch, memory_of, numbers_in, words_in
from tests.server.visitor import Visitor, in_a_thread, kernel_in, say_and_hear


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    running = Office(tmp_path_factory.mktemp("canaries") / "data")
    yield running
    running.close()


@pytest.mark.parametrize("name", WALKS)
def test_a_browser_and_its_kernel_hold_what_is_released_and_no_more(office: Office, name: str) -> None:
    async def walk() -> None:
        async with Page(office, name) as page:
            await Learner(page, WALKS[name]).walk()
            if name == "practice":
                await elsewhere(page)

    in_a_thread(walk())


async def elsewhere(page: Page) -> None:
    """The other pages of somebody to whom everything was told once do not tell it again."""
    for path in ("/home", "/record", "/handbook", "/quiz"):
        watch = Watch()
        html = page.visitor.get(path)
        watch.received.append(html.body)
        async with page.visitor.channels(kernel_in(html.text)) as link:
            await say_and_hear(Ears(link, watch.received), [])
        assert page.secret(watch.found) == set(), path


def test_a_marker_releases_the_levels_given_and_no_other(office: Office) -> None:
    """The rubric is for markers: its writer reads the criteria and the levels that were chosen, once they were."""
    essay: Any = office.bank.items["example-essay"]
    levels = {criterion.id: criterion.levels[0].id for criterion in essay.rubric}
    rubric = {one.text for criterion in essay.rubric for one in (criterion, criterion.levels[0])}

    async def walk() -> None:
        async with Page(office, "written") as page:
            await page.answer({"text": "ขอให้กำหนดผู้ตรวจนับเงินสดภายในสิ้นเดือน"})
            await page.press("check")
            await page.press("finish")
            await page.press("review:1")
            page.check()
            page.check_memory()
            mark(office, levels)
            page.released["shown"] = words_in(" ".join(rubric).encode())
            assert {office.bank.canaries[word].kind for word in page.released["shown"]} == {RUBRIC}
            page.visitor.get("/quiz?form=written")
        async with Page(office, "written") as again:
            again.released = page.released
            await again.press("review:1")
            again.check()
            again.check_memory()

    in_a_thread(walk())


def mark(office: Office, levels: dict[str, str]) -> None:
    """A trainer marks, at a desk beside the server's."""
    library: Library = load_library(shipped(), office.folder.content)
    desk = Desk(office.records, library, lambda: datetime.now(UTC), secrets.token_bytes)
    said = p.Mark(
        attempt_id=office.attempt("written").attempt_id,
        item_id="example-essay",
        levels=levels,
        answer_id=secrets.token_hex(8),
    )
    with office.records.write() as conn:
        desk.handle(conn, Asker(person_id=office.people["teacher"], roles=("trainer",)), said)


# Addresses ----------------------------------------------------------------------------------------------------------

FILE = "quizzes/banks/canaries.yaml"
ADDRESSES = [
    "/",
    "/seat",
    "/healthz",
    "/favicon.ico",
    "/nowhere",
    f"/{FILE}",
    f"/content/{FILE}",
    f"/assets/{FILE}",
    f"/assets/../content/{FILE}",
    f"/static/{FILE}",
    f"/voila/files/{FILE}",
    f"/voila/static/../../{FILE}",
    f"/files/content/{FILE}",
    f"/files/..%2Fcontent%2F{FILE}",
    f"/api/contents/content/{FILE}",
    f"/api/contents/{FILE}?content=1",
    f"/tree/content/{FILE}",
    f"/edit/content/{FILE}",
    f"/nbconvert/html/content/{FILE}",
    "/files/records.sqlite3",
    "/records.sqlite3",
    "/api/sessions",
    "/api/kernels",
    "/api/kernelspecs",
    f"/quiz/../content/{FILE}",
    f"/quiz?form=../banks/{FILE}",
]


def test_no_address_gives_the_bank_away(office: Office) -> None:
    learner = office.enter("practice")
    for visitor in (Visitor(office.kit), learner):
        for address in ADDRESSES:
            answer = visitor.get(address)
            assert words_in(str(answer.headers).encode() + answer.body) == set(), address
    learner.post("/sign-out")


# The harness finds what is there ------------------------------------------------------------------------------------

SEEDED = {
    "one byte a letter": "kanari-3fa9c1d2 and so on",
    "two bytes a letter": "คำว่า kanari-3fa9c1d2 ในประโยค",
    "four bytes a letter": "คำว่า kanari-3fa9c1d2 กับ 🐤",
    "escaped as in JSON": "".join(f"\\u{ord(letter):04x}" for letter in "kanari-3fa9c1d2"),
    "escaped twice": "ก" + "".join(f"\\\\u{ord(letter):04X}" for letter in "kanari-3fa9c1d2"),
    "escaped as in HTML": "".join(f"&#{ord(letter)};" for letter in "kanari-3fa9c1d2"),
    "a name of a formula": "ค่า kanari_3fa9c1d2",
    "a number": str(ANSWER),
    "a number with thousands": f"{ANSWER:,} คน",
    "the drawn answer": "738,190,483,633 คน",
}
EXPECTED = {
    "a name of a formula": "kanari_3fa9c1d2",
    "a number": "number-answer",
    "a number with thousands": "number-answer",
    "the drawn answer": "number-drawn-answer",
}
HOLDS = """
import sys
kept = [{0}]
print(flush=True)
sys.stdin.read()
"""


def memory_with(made: str) -> bytes:
    """The memory of a Python that holds what the expression makes; the expression itself holds no canary."""
    with subprocess.Popen(
        [sys.executable, "-I", "-c", HOLDS.format(made)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        return memory_of(process.pid)


def spelled(text: str) -> str:
    """An expression that makes the text out of numbers."""
    return f"''.join(chr(n - 1) for n in {[ord(letter) + 1 for letter in text]!r})"


@pytest.mark.parametrize("how", SEEDED)
def test_the_harness_finds_a_word_in_every_form(how: str) -> None:
    word = EXPECTED.get(how, "kanari-3fa9c1d2")
    for encoding in ("utf-8", "utf-16-le", "utf-32-le"):
        assert words_in(("ก่อน " + SEEDED[how] + " หลัง").encode(encoding)) == {word}


linux = pytest.mark.skipif(not IS_LINUX, reason="2026-11-23: another process's memory is read through /proc")


@linux
@pytest.mark.parametrize("how", SEEDED)
def test_the_harness_finds_a_word_in_memory(how: str) -> None:
    assert words_in(memory_with(spelled(SEEDED[how]))) == {EXPECTED.get(how, "kanari-3fa9c1d2")}


@linux
def test_the_harness_finds_numbers_as_objects_and_nothing_where_nothing_is() -> None:
    made = f"{ANSWER - 1} + len(sys.argv), {TOLERANCE}, float({NEAR - 1} + len(sys.argv))"
    assert numbers_in(memory_with(made)) == {"number-answer", "number-tolerance", "number-mistake"}
    empty = memory_with("1")
    assert (words_in(empty), numbers_in(empty)) == (set(), set())


def test_a_leak_of_one_word_is_named(office: Office) -> None:
    """A headline in the bytes of a page, before anything is released: the check that every walk makes fails and says which."""

    async def walk() -> None:
        async with Page(office, "survey") as page:
            page.check()
            (headline,) = page.bank.of("example-cloze", "headline")
            page.watch.received.append(b'{"told": "' + headline.word.encode() + b'"}')
            with pytest.raises(AssertionError, match=f"{headline.word} example-cloze headline"):
                page.check()

    in_a_thread(walk())
