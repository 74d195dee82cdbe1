"""An office whose bank is full of canaries, served by the shipped server, and one learner's quiz page in it.

The browser of that page keeps every byte it receives; the memory of its kernel can be read (Linux). `Learner` walks through a form
and knows, from the policy as it was promised, what must have been told by now.
"""

from __future__ import annotations

import re
import secrets
import sys
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from cps_training.assessment.attempt import Attempt
from cps_training.items import ItemBase, Response
from cps_training.places import DataFolder
from cps_training.records import accounts, passwords
from cps_training.records import attempts as stored
from cps_training.records.engine import Records
from tests.kit import Kit
from tests.server.canary_bank import SEEN, planted, right, tried, write_office
from tests.server.canary_watch import Ears, Watch, memory_of, numbers_in, words_in
from tests.server.conftest import kernels_of
from tests.server.visitor import Visitor, kernel_in, message, say_and_hear

IS_LINUX = sys.platform == "linux"
PASSWORD = "a long phrase"
BANK = planted()


def form(name: str, feedback: str, **more: Any) -> dict[str, Any]:
    texts = {"title": {"th": name}, "description": {"th": name}}
    return {"form": name, "feedback": feedback, "items": list(BANK.items), "shuffle": False, **texts, **more}


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

    def attempt(self, name: str) -> Attempt:
        """The attempt of a form's own learner, with the secret its options are named by."""
        with self.records.read() as conn:
            (found,) = stored.attempts_of(conn, self.people[name], name)
        return found

    def close(self) -> None:
        assert self.kit.stop() == 0
        self.records.close()


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

    @property
    def items(self) -> list[str]:
        """The items of the form."""
        return [placed.item_id for placed in self.office.attempt(self.name).placed]

    async def onward(self) -> None:
        offered = [one["id"] for one in self.view["actions"] if not one.get("disabled")]
        await self.press(next(wanted for wanted in ("next", "check", "finish") if wanted in offered))

    async def answer(self, response: Response, certainty: int | None = None) -> None:
        """Answer the item on the page as its card does; fails unless the page says that it is saved."""
        said = {"item": self.view["presentation"]["item"], "response": response, "answer_id": secrets.token_hex(16)}
        if self.view["certainty"] is not None:
            said["certainty"] = certainty
        await self.say(kind="answer", **said)
        status = self.view["status"]
        assert (status["kind"], status["answer_id"]) == ("saved", said["answer_id"]), status

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
        early = found - must - self.released["told"]
        assert not early, f"the browser received {self.names(early)}"
        assert not is_shown or must <= found, f"the page never showed {self.names(must - found)}"

    def check_memory(self) -> None:
        """And the kernel holds exactly that; of numbers no object at all."""
        if not IS_LINUX:
            return
        data = memory_of(self.pid)
        # What was freed lies there in pieces, and two may read like a word that was never planted.
        found, must = words_in(data) & self.bank.canaries.keys(), self.released["shown"] | self.released["told"]
        early = (self.secret(found) - must - self.hinted) | numbers_in(data)
        assert not early, f"the kernel holds {self.names(early)}"
        assert must <= found, f"the kernel does not hold {self.names(must - found)}"
        stems = {word for item_id in self.items for word in self.bank.in_stem(item_id)}
        assert stems <= found, "the harness does not see what the kernel holds"


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
            assert page.bank.in_stem(item.id) <= page.watch.found, "the harness does not see what the browser shows"
            await self.item(item, attempt, number)
            if number == 0 or (self.policy == "tries" and number == 1):
                page.check_memory()
            await page.onward()
        if self.policy in ("exam", "survey"):
            page.check()
            page.check_memory()
            await page.press("finish")
        assert page.office.attempt(page.name).is_finished
        level = {"exam": LEVELS.get(page.name, "score"), "survey": None}.get(self.policy, "keys")
        for item_id in page.bank.items:
            page.release(item_id, level, self.given.get(item_id))
        page.check(is_shown=self.policy in ("practice", "certainty"))
        for number in range(1, len(attempt.placed) + 1):
            await page.press(f"review:{number}")
            assert page.item is not None
            self.check_level(level)
        page.check()
        page.check_memory()

    async def item(self, item: ItemBase, attempt: Attempt, number: int) -> None:
        """All the answers to one item, the browser's bytes looked at after each."""
        page, disguise = self.page, attempt.disguise(item.id)
        wrongs, good = tried(item, disguise), right(item, disguise)
        answers = [good] if number % 2 else [next(wrongs)]
        n_hints = attempt.place_of[item.id].tries - 1  # none for what nobody or a marker judges
        if self.policy == "tries" and n_hints:
            answers = [[good], [next(wrongs), good], list(islice(wrongs, 1 + n_hints))][number % 3]
        elif self.policy in ("exam", "survey"):
            answers = [[next(wrongs), good], answers, answers, [], answers][number % 5]
        for nth, response in enumerate(answers, 1):
            await page.answer(response, 1 + number % 3)
            self.given[item.id] = read = item.read_response(response, disguise) or {}
            if self.policy == "tries" and nth <= n_hints and (item.score(read) or 0) < 1:
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
