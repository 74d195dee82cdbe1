"""The key stays at the desk: of a bank full of canaries a browser and a page's kernel hold what the policy has released, no more.

Every item type under every feedback policy and review level, through the shipped server: each byte the browser receives is kept, and
the kernel's memory is read (Linux), before anything is released and after. A harness that cannot fail proves nothing: it is shown to
find what is planted, in every form, and every walk must find what is meant to be seen.
"""

from __future__ import annotations

import re
import secrets
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest

from cps_training.content.library import Library, load_library
from cps_training.desk import protocol as p
from cps_training.desk.asker import Asker
from cps_training.desk.core import Desk
from cps_training.items import ItemBase, Response
from cps_training.items.simulated import guess
from cps_training.places import DataFolder, shipped
from cps_training.records import accounts, passwords
from cps_training.records import attempts as stored
from cps_training.records.engine import Records
from tests.kit import Kit
from tests.server.canary_bank import ANSWER, RUBRIC, SEEN, TOLERANCE, planted, right, write_office, wrong
from tests.server.canary_watch import Ears, Watch, memory_of, numbers_in, words_in
from tests.server.conftest import kernels_of
from tests.server.visitor import Visitor, in_a_thread, kernel_in, message, say_and_hear

IS_LINUX = sys.platform == "linux"
PASSWORD = "a long phrase"
BANK = planted()


def form(name: str, feedback: str, **more: Any) -> dict[str, Any]:
    texts = {"title": {"th": name}, "description": {"th": name}}
    return {"form": name, "feedback": feedback, "items": list(BANK.items), **texts, **more}


LEVELS = {f"exam-{level}": level for level in ("score", "verdicts", "reasons", "keys")}
FORMS = [
    form("practice", "practice"),
    form("tries", "tries"),
    form("certainty", "certainty"),
    form("survey", "survey"),
    *(form(name, "exam", cut_score=0.6, review={"show": level}) for name, level in LEVELS.items()),
    form("exam-later", "exam", cut_score=0.6, review={"show": "keys", "since": "2999-01-01"}),
    form("exam-passed", "exam", cut_score=1.0, review={"show": "keys", "when": "passed"}),
    form("written", "exam", cut_score=0.6, review={"show": "verdicts"}, items=["example-essay"]),
]
WALKS = {one["form"]: one["feedback"] for one in FORMS[:-1]}


# An office with this bank -------------------------------------------------------------------------------------------


class Office:
    """The shipped server on a data folder with the canaries, and one learner a form."""

    def __init__(self, root: Path) -> None:
        self.folder, self.bank = DataFolder(root), BANK
        write_office(self.folder.content, self.bank, FORMS)
        self.records = Records.open(self.folder.database)
        self.people: dict[str, str] = {}
        password = passwords.make_hash(PASSWORD)
        with self.records.write() as conn:
            for name, role in [*((one["form"], "learner") for one in FORMS), ("teacher", "trainer")]:
                self.people[name] = accounts.add_person(
                    conn, code=name, name=f"คน {name}", roles=(role,), at=datetime.now(UTC), entropy=secrets.token_bytes
                )
                accounts.set_password(conn, self.people[name], password)
        self.kit = Kit(root)

    def enter(self, name: str) -> Visitor:
        visitor = Visitor(self.kit)
        assert visitor.post("/sign-in", code=name, password=PASSWORD).status == 303
        return visitor

    def attempt(self, name: str) -> stored.Attempt:
        """The attempt of a form's own learner, with the secret its options are named by."""
        with self.records.read() as conn:
            (found,) = stored.attempts_of(conn, self.people[name], name)
        return found

    def close(self) -> None:
        assert self.kit.stop() == 0
        self.records.close()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    running = Office(tmp_path_factory.mktemp("canaries") / "data")
    yield running
    running.close()


# One learner at one form --------------------------------------------------------------------------------------------


class Page:
    """The quiz page of one form in a browser that keeps every byte, and the memory of its kernel."""

    def __init__(self, office: Office, name: str) -> None:
        self.office, self.name, self.bank = office, name, office.bank
        self.visitor, self.watch = office.enter(name), Watch()
        self.states: dict[str, Any] = {}
        self.released: dict[str, set[str]] = {"shown": set(), "told": set()}
        self.hinted: set[str] = set()

    async def __aenter__(self) -> Page:
        others = {process.pid for process in kernels_of(self.office.kit)}
        html = self._get(f"/quiz?form={self.name}").decode()
        for path in re.findall(r'(?:src|href)="(/assets/[^"]+)"', html):
            self._get(path)
        self._channels = self.visitor.channels(kernel_in(html))
        self._link = Ears(await self._channels.__aenter__(), self.watch.received)
        await self.say()
        (self.pid,) = {process.pid for process in kernels_of(self.office.kit)} - others
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._channels.__aexit__(None, None, None)
        self.visitor.post("/sign-out")

    def _get(self, path: str) -> bytes:
        answer = self.visitor.get(path)
        assert answer.status == 200, path
        self.watch.received.append(str(answer.headers).encode() + answer.body)
        return answer.body

    async def say(self, **content: Any) -> None:
        """Send what the view on the page would send; afterwards `states` is all the browser knows."""
        said = []
        if content:
            model = self._view[0]
            said = [message("comm_msg", {"comm_id": model, "data": {"method": "custom", "content": content}})]
        heard = await say_and_hear(self._link, said)
        self.states = heard[-1]["content"]["data"]["states"]

    async def press(self, action: str) -> None:
        await self.say(kind="action", id=action)

    @property
    def _view(self) -> tuple[str, dict[str, Any]]:
        """The one view with buttons: the card of an item, or of a result."""
        (found,) = [(model, one["state"]) for model, one in self.states.items() if "actions" in one["state"]]
        return found

    @property
    def view(self) -> dict[str, Any]:
        return self._view[1]

    @property
    def item(self) -> ItemBase | None:
        """The item on the page; None where it shows a result."""
        shown = self.view.get("presentation")
        return self.bank.items[shown["item"]] if shown else None

    async def onward(self) -> None:
        offered = [one["id"] for one in self.view["actions"] if not one.get("disabled")]
        await self.press(next(wanted for wanted in ("next", "check", "finish") if wanted in offered))

    async def answer(self, response: Response, certainty: int | None = None) -> None:
        """Answer the item on the page as its card does; fails unless the page says that it is saved."""
        said = {"item": self.view["presentation"]["item"], "response": response, "answer_id": secrets.token_hex(16)}
        if self.view["certainty"] is not None:
            said["certainty"] = certainty
        await self.say(kind="answer", **said)
        assert (self.view["status"]["kind"], self.view["status"]["answer_id"]) == ("saved", said["answer_id"])

    def names(self, words: set[str]) -> list[str]:
        return sorted(str(self.bank.canaries.get(word, word)) for word in words)

    def secret(self, words: set[str]) -> set[str]:
        """Without the words in stems and options; a number that nobody planted stays."""
        return {word for word in words if word not in self.bank.canaries or self.bank.canaries[word].kind != SEEN}

    def release(self, item_id: str, level: str | None, given: Response | None) -> None:
        told = self.bank.released(item_id, level or "", given)
        self.released["shown"] |= told["shown"]
        self.released["told"] |= told["told"]

    def check(self, *, is_shown: bool = True) -> None:
        """The browser holds exactly what is released. is_shown: whether the page has shown all of it by now."""
        found, must = self.secret(self.watch.found), self.released["shown"] | self.hinted
        assert self.names(found - must - self.released["told"]) == []
        if is_shown:
            assert self.names(must - found) == []

    def check_memory(self) -> None:
        """And the kernel holds exactly that; of numbers no object at all."""
        if not IS_LINUX:
            return
        data = memory_of(self.pid)
        found, must = words_in(data), self.released["shown"] | self.released["told"]
        assert self.names(self.secret(found) - must - self.hinted) == []
        assert self.names(must - found) == []
        assert numbers_in(data) == set()
        seen = {canary.word for item_id in self.bank.items for canary in self.bank.of(item_id, SEEN)}
        assert found & seen, "the memory was not read at all"


def tried(item: ItemBase, attempt: stored.Attempt, number: int) -> Iterator[Response]:
    """Different wrong responses, the known mistake first; the right one when there are no more."""
    disguise, known = attempt.disguise(item.id), []
    shown = item.present(disguise).as_json()
    for seed in range(300):
        sent = wrong(item, disguise, Random(number)) if seed == 0 else guess(shown, Random(seed))
        read = item.read_response(sent, disguise)
        if read not in known and item.score(read) != 1:
            known.append(read)
            yield sent
    yield right(item, disguise)


class Learner:
    """Walks through a form under one policy and knows what must have been told by now."""

    def __init__(self, page: Page, policy: str) -> None:
        self.page, self.policy = page, policy
        self.given: dict[str, Response] = {}

    async def walk(self) -> None:
        page = self.page
        page.check()
        page.check_memory()
        attempt = page.office.attempt(page.name)
        for number in range(len(attempt.placed)):
            item = page.item
            assert item is not None
            stems = {one.word for one in page.bank.of(item.id, SEEN) if one.word in item.stem}
            assert stems <= page.watch.found, "the harness does not see what the browser shows"
            await self.item(item, attempt, number)
            if number == 0 or (self.policy == "tries" and number == 1):
                page.check_memory()
            await page.onward()
        if self.policy in ("exam", "survey"):
            page.check()
            page.check_memory()
            await page.press("finish")
        assert page.item is None
        level = {"exam": LEVELS.get(page.name, "score"), "survey": None}.get(self.policy, "keys")
        for item_id in page.bank.items:
            page.release(item_id, level, self.given.get(item_id))
        page.check(is_shown=self.policy not in ("exam", "survey"))
        for number in range(1, len(attempt.placed) + 1):
            await page.press(f"review:{number}")
            if page.item is not None:
                self.check_level(level)
        page.check()
        page.check_memory()

    async def item(self, item: ItemBase, attempt: stored.Attempt, number: int) -> None:
        """All the answers to one item, the browser's bytes looked at after each."""
        page, disguise = self.page, attempt.disguise(item.id)
        wrongs, good = tried(item, attempt, number), right(item, disguise)
        answers = [good] if number % 2 else [next(wrongs)]
        if self.policy == "tries":
            answers = [[good], [next(wrongs), good], [*(next(wrongs) for _ in range(2)), next(wrongs, good)]][
                number % 3
            ]
        elif self.policy in ("exam", "survey"):
            answers = [[next(wrongs), good], answers, answers, [], answers][number % 5]
        for nth, response in enumerate(answers, 1):
            await page.answer(response, 1 + number % 3)
            self.given[item.id] = read = item.read_response(response, disguise) or {}
            if self.policy == "tries" and nth <= len(item.hints) and (item.score(read) or 0) < 1:
                page.hinted |= {one.word for one in page.bank.of(item.id, "hint") if one.n == nth}
            elif self.policy in ("practice", "certainty", "tries"):
                page.release(item.id, "keys", read)
            page.check()

    def check_level(self, level: str | None) -> None:
        """What no word can show: marks and orders that give the key away below the level that tells it."""
        told = self.page.view["feedback"]
        if level in (None, "score"):
            assert told is None
        elif level != "keys":
            assert told is not None
            assert (told["order"], told["correct_text"], told["headline"]) == (None, "", "")
            marks = {line["mark"] for line in told["options"].values()}
            assert marks <= ({"right", "wrong", ""} if level == "reasons" else set())


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
        assert page.names(page.secret(watch.found)) == [], path


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
    "one byte a letter": "kanari-0017 and so on",
    "two bytes a letter": "คำว่า kanari-0017 ในประโยค",
    "four bytes a letter": "คำว่า kanari-0017 กับ 🐤",
    "escaped as in JSON": "".join(f"\\u{ord(letter):04x}" for letter in "kanari-0017"),
    "escaped twice": "ก" + "".join(f"\\\\u{ord(letter):04X}" for letter in "kanari-0017"),
    "escaped as in HTML": "".join(f"&#{ord(letter)};" for letter in "kanari-0017"),
    "a name of a formula": "ค่า kanari_0122",
    "a number": str(ANSWER),
    "a number with thousands": f"{ANSWER:,} คน",
    "the drawn answer": "738,190,433 คน",
}
EXPECTED = {
    "a name of a formula": "kanari_0122",
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
    return f"''.join(map(chr, {[ord(letter) + 1 for letter in text]!r}))".replace("chr,", "lambda n: chr(n - 1),")


@pytest.mark.parametrize("how", SEEDED)
def test_the_harness_finds_a_word_in_every_form(how: str) -> None:
    word = EXPECTED.get(how, "kanari-0017")
    for encoding in ("utf-8", "utf-16-le", "utf-32-le"):
        assert words_in(("ก่อน " + SEEDED[how] + " หลัง").encode(encoding)) == {word}


linux = pytest.mark.skipif(not IS_LINUX, reason="2026-11-23: another process's memory is read through /proc")


@linux
@pytest.mark.parametrize("how", SEEDED)
def test_the_harness_finds_a_word_in_memory(how: str) -> None:
    assert words_in(memory_with(spelled(SEEDED[how]))) == {EXPECTED.get(how, "kanari-0017")}


@linux
def test_the_harness_finds_numbers_as_objects_and_nothing_where_nothing_is() -> None:
    made = f"{ANSWER - 1} + len(sys.argv), ({TOLERANCE} * 2 ** len(sys.argv)) / 2, 8.0"
    assert numbers_in(memory_with(made)) >= {"number-answer"}
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
