"""Pages of the full template: what the light page shows they show too, other people's widgets besides, and code no more."""

from __future__ import annotations

import html
import json
import re
import shutil
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from jupyter_server.services.kernels.connection.base import serialize_binary_message, serialize_msg_to_ws_v1

from cps_training.places import shipped
from cps_training.server.connection import require_sane_parts
from tests.kit import Kit
from tests.server.bare_kernels import serving, short_folder, wait_for, write_lesson
from tests.server.conftest import first_trainer, kernels_of
from tests.server.test_no_code_runs import ANSWERS_ALWAYS, TOO_BIG, attacks, refused_forms
from tests.server.visitor import (
    BINARY_PROTOCOL,
    JSON_PROTOCOL,
    Answer,
    Visitor,
    in_a_thread,
    kernel_in,
    message,
    page_state,
    say_and_hear,
    say_and_hear_in_full,
    until_closed,
)

PAGES = {
    "learner": (
        "/home",
        "/quiz",
        "/quiz?form=cps-practice",
        "/handbook",
        "/record",
        "/refresher",
        "/case",
        "/marking",
        "/lessons/cps-cycle",
    ),
    "trainer": ("/trainer", "/progress", "/items", "/people"),
}
PROTOCOLS = pytest.mark.parametrize("protocol", [JSON_PROTOCOL, BINARY_PROTOCOL])
VIEW = "application/vnd.jupyter.widget-view+json"


@dataclass(frozen=True)
class Shown:
    """What somebody finds on a page, whichever way it was made."""

    title: str
    prose: str
    widgets: list[tuple[str, list[str]]]
    drawn: int


def title_of(page: str) -> str:
    return re.findall(r"<title>(.*?)</title>", page, re.DOTALL)[0]


def prose_of(page: str) -> str:
    """The text between the bars: no scripts, no notices kept in store, no signs beside headings."""
    (main,) = re.findall(r"<main\b.*?</main>", page, re.DOTALL)
    main = re.sub(r"<(script|template|style|noscript)\b.*?</\1>", " ", main, flags=re.DOTALL)
    text = html.unescape(re.sub(r"<[^>]+>", " ", main))
    for sign in ("¶", "กำลังเปิดหน้า…"):  # what a heading is linked by, what stands there until the widgets do
        text = text.replace(sign, " ")
    return " ".join(text.split())


def texts_of(value: Any) -> Iterator[str]:
    """Every text in a widget's state, and what is written beside it in lists and mappings."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            if not str(name).startswith("_") and name not in ("layout", "children"):
                yield from texts_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_of(inner)


def widgets_of(states: dict[str, Any]) -> list[tuple[str, list[str]]]:
    return sorted(
        (str(one["state"].get("_anywidget_id", one["model_name"])), sorted(texts_of(one["state"])))
        for one in states.values()
        if one["model_name"] in ("AnyModel", "VBoxModel")
    )


def ask_for_states() -> list[dict[str, Any]]:
    opened = message("comm_open", {"comm_id": "states", "target_name": "jupyter.widget.control", "data": {}})
    asked = message("comm_msg", {"comm_id": "states", "data": {"method": "request_states"}})
    return [opened | {"metadata": {"version": "1.0.0"}}, asked]


async def full_states(visitor: Visitor, kernel: str) -> dict[str, Any]:
    async with visitor.channels(kernel, JSON_PROTOCOL) as link:
        heard = await say_and_hear_in_full(link, ask_for_states())
    (told,) = [one for one in heard if one["content"].get("data", {}).get("method") == "update_states"]
    states: dict[str, Any] = told["content"]["data"]["states"]
    return {model: {"model_name": one["model_name"], "state": one["state"]} for model, one in states.items()}


def drawn_in(page: str) -> list[str]:
    """The widgets whose places the server wrote into a page of the full template."""
    outputs = re.findall(r'<script type="application/vnd\.voila\.cell-output\+json">(.*?)</script>', page, re.DOTALL)
    found = [json.loads(output)["data"].get(VIEW) for output in outputs]
    return [view["model_id"] for view in found if view]


def look_at_light(visitor: Visitor, path: str) -> Shown:
    page = visitor.get(path).text
    state = in_a_thread(page_state(visitor, path))
    drawn = [output for cell in state["cells"] for output in cell["outputs"] if VIEW in output]
    assert not any(cell["failed"] for cell in state["cells"])
    return Shown(title_of(page), prose_of(page), widgets_of(state["states"]), len(drawn))


def look_at_full(visitor: Visitor, path: str) -> Shown:
    answer = visitor.get(path)
    assert answer.status == 200
    page = answer.text
    assert "/libraries/" in page
    states = in_a_thread(full_states(visitor, kernel_in(page)))
    drawn = drawn_in(page)
    assert set(drawn) <= set(states)
    return Shown(title_of(page), prose_of(page), widgets_of(states), len(drawn))


@pytest.fixture(scope="module")
def both() -> Iterator[dict[str, tuple[Shown, Shown]]]:
    """Each page as it is served, and made with the full template: by two servers, one after the other, on the same answers."""
    with short_folder() as root:
        copied = root / "notebooks"
        shutil.copytree(shipped() / "notebooks", copied)
        for path in copied.rglob("*.ipynb"):
            notebook = json.loads(path.read_text("utf-8"))
            notebook["metadata"]["cps"]["template"] = "full"
            path.write_text(json.dumps(notebook), "utf-8")
        light: dict[str, Shown] = {}
        full: dict[str, Shown] = {}
        kit = Kit(root, "--demo")
        table = {path for path in kit.said["pages"].values() if not path.startswith("/lessons/")} | {
            "/lessons/cps-cycle"
        }
        try:
            for role, paths in PAGES.items():
                visitor = Visitor(kit).enter_as(role)
                light |= {path: look_at_light(visitor, path) for path in paths}
        finally:
            kit.stop()
        assert {path.partition("?")[0] for path in light} == table  # every page of the table
        kit = Kit(root, "--demo", command=serving(copied), cwd=Path.cwd())
        try:
            for role, paths in PAGES.items():
                visitor = Visitor(kit).enter_as(role)
                full |= {path: look_at_full(visitor, path) for path in paths}
        finally:
            kit.stop()
        yield {path: (light[path], full[path]) for path in light}


@pytest.mark.thorough
@pytest.mark.parametrize("path", [path for paths in PAGES.values() for path in paths])
def test_a_page_shows_the_same_in_both_templates(both: dict[str, tuple[Shown, Shown]], path: str) -> None:
    light, full = both[path]
    assert light.title == full.title
    assert light.prose == full.prose
    assert bool(light.prose) is path.startswith("/lessons/")
    assert light.drawn == full.drawn > 0
    assert [name for name, _ in light.widgets] == [name for name, _ in full.widgets]
    for (name, texts), (_, others) in zip(light.widgets, full.widgets, strict=True):
        assert texts == others, name


# Other people's widgets -------------------------------------------------------------------------------------------

WATCHED = """
shown = ipywidgets.Label("3")
slider = ipywidgets.IntSlider(3)
slider.observe(lambda change: setattr(shown, "value", str(change["new"])), "value")
"""
SLIDER = ("import ipywidgets", WATCHED, "slider", "shown")
BROKEN = (
    "'before'",
    "raise ValueError('secret-of-the-author')",
    "from cps_training.views import Notice\nNotice(text='on')",
)


def cps_of(notebook: Path) -> Any:
    return json.loads(notebook.read_text("utf-8"))["metadata"]["cps"]


@pytest.fixture(scope="module")
def office() -> Iterator[Kit]:
    """An office with lessons of its own, some of the full template."""
    with short_folder() as root:
        write_lesson(root, "slider-full", *SLIDER, template="full")
        write_lesson(root, "slider-light", *SLIDER)
        write_lesson(root, "broken-full", *BROKEN, template="full")
        write_lesson(root, "dies-full", "import os; os._exit(3)", template="full")
        write_lesson(root, "slow-full", "import time; time.sleep(5)", "time.sleep(5)", template="full")
        write_lesson(root, "bare-full", "1", template="full")
        bare = next(root.glob("content/notebooks/lessons/*bare-full*"))
        bare.write_text(json.dumps({**json.loads(bare.read_text("utf-8")), "metadata": {"cps": cps_of(bare)}}), "utf-8")
        running = Kit(root)
        first_trainer(running)
        yield running
        assert running.stop() == 0


@pytest.fixture
def visitor(office: Kit) -> Iterator[Visitor]:
    somebody = Visitor(office)
    assert somebody.post("/sign-in", code="T1", password="a long phrase").status == 303
    yield somebody
    somebody.post("/sign-out")


def test_a_slider_works_in_the_full_template(visitor: Visitor) -> None:
    async def talk() -> dict[str, Any]:
        async with visitor.channels(kernel, JSON_PROTOCOL) as link:
            moved = {"comm_id": slider, "data": {"method": "update", "state": {"value": 42}, "buffer_paths": []}}
            heard = await say_and_hear_in_full(link, [message("comm_msg", moved), *ask_for_states()])
        (told,) = [one for one in heard if one["content"].get("data", {}).get("method") == "update_states"]
        return dict(told["content"]["data"]["states"])

    answer = visitor.get("/lessons/slider-full")
    assert answer.status == 200
    kernel = kernel_in(answer.text)
    slider, label = drawn_in(answer.text)
    states = in_a_thread(full_states(visitor, kernel))
    assert (states[slider]["model_name"], states[slider]["state"]["value"]) == ("IntSliderModel", 3)
    states = in_a_thread(talk())
    assert (states[slider]["state"]["value"], states[label]["state"]["value"]) == (42, "42")


def test_in_a_light_page_a_slider_is_named_and_left_to_the_notice(visitor: Visitor) -> None:
    answer = visitor.get("/lessons/slider-light")
    assert '<template id="cps-foreign">' in answer.text
    assert "/libraries/" not in answer.text
    page = in_a_thread(page_state(visitor, "/lessons/slider-light"))
    drawn = [output[VIEW]["model_id"] for cell in page["cells"] for output in cell["outputs"]]
    assert [page["states"][model]["model_name"] for model in drawn] == ["IntSliderModel", "LabelModel"]
    assert not any(str(one["state"].get("_esm", "")).startswith("#") for one in page["states"].values())


def test_a_cell_that_fails_reveals_nothing_and_the_page_ends_properly(visitor: Visitor) -> None:
    answer = visitor.get("/lessons/broken-full")
    assert answer.status == 200
    assert "secret-of-the-author" not in answer.text
    assert answer.text.rstrip().endswith("</html>")
    assert "\\u0027before\\u0027" in answer.text
    assert "เปิดส่วนนี้ไม่สำเร็จ" in answer.text


def test_a_notebook_that_names_no_language_opens_in_ours(visitor: Visitor) -> None:
    """The kernel is our own whatever a notebook says."""
    assert visitor.get("/lessons/bare-full").status == 200


def test_a_page_whose_kernel_dies_while_it_is_made_says_so_and_ends(office: Kit, visitor: Visitor) -> None:
    answer = visitor.get("/lessons/dies-full")
    assert "</html>" in answer.text
    assert "os._exit" not in answer.text
    assert visitor.get("/lessons/slider-full").status == 200
    visitor.post("/sign-out")
    assert kernels_of(office) == []


def test_a_reader_who_leaves_while_the_page_is_made_leaves_no_kernel(office: Kit, visitor: Visitor) -> None:
    cookie = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
    with socket.create_connection(("127.0.0.1", office.port)) as link:
        link.sendall(f"GET /lessons/slow-full HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n".encode())
        assert link.recv(100)  # the frame, before its cells have run
        assert len(kernels_of(office)) == 1
    wait_for(lambda: kernels_of(office) == [], "its kernel ends")


def test_the_policy_of_a_full_page_lets_no_inline_script_run(visitor: Visitor) -> None:
    answer: Answer = visitor.get("/lessons/slider-full")
    policy = answer.headers["Content-Security-Policy"]
    script = re.search(r"script-src ([^;]*)", policy)
    assert script
    assert set(script[1].split()) == {"'self'", "blob:"}
    scripts = re.findall(r"<script\b([^>]*)>(.*?)</script>", answer.text, re.DOTALL)
    assert [body for attributes, body in scripts if "src=" not in attributes and "json" not in attributes] == []


@pytest.mark.parametrize(
    "path", ["..%2f..%2f..%2fetc%2fpasswd", "../../../../../../etc/passwd", "%2e%2e/app.py", "voila.js/../../x"]
)
def test_library_files_never_lead_out_of_the_libraries(visitor: Visitor, path: str) -> None:
    base = re.search(r'src="(/libraries/\w+/voila)/voila\.js"', visitor.get("/lessons/slider-full").text)
    assert base
    assert visitor.get(f"{base[1]}/voila.js").status == 200
    for root in (base[1], base[1].replace("/voila", "/ext") + "/anywidget"):
        assert visitor.get(f"{root}/{path}").status in (403, 404)


def test_the_owner_and_nobody_else_is_heard(office: Kit, visitor: Visitor) -> None:
    kernel = visitor.open("/lessons/slider-full")
    other = Visitor(office)
    assert other.post("/sign-in", code="T1", password="a long phrase").status == 303
    for path in (f"/api/kernels/{kernel}", f"/api/kernels/{kernel}/channels"):
        assert other.get(path, Upgrade="websocket", Connection="Upgrade").status == 403
    assert other.post(f"/voila/api/shutdown/{kernel}").status == 403
    assert visitor.get(f"/api/kernels/{kernel}").status == 200
    other.post("/sign-out")


# No code runs -----------------------------------------------------------------------------------------------------


@PROTOCOLS
def test_nothing_but_widget_messages_reaches_the_kernel(visitor: Visitor, tmp_path: Path, protocol: str | None) -> None:
    mark = tmp_path / "ran"
    said = [message(kind, content, channel) for kind, channel, content in attacks(mark)]

    async def talk() -> set[str]:
        async with visitor.channels(kernel, protocol) as link:
            return {heard["msg_type"] for heard in await say_and_hear_in_full(link, said, protocol)}

    kernel = visitor.open("/lessons/slider-full")
    heard = in_a_thread(talk())
    assert heard <= ANSWERS_ALWAYS, heard
    assert not mark.exists()


@PROTOCOLS
def test_widget_messages_do_reach_it(visitor: Visitor, protocol: str | None) -> None:
    """Without this the test above could pass on a dead connection."""
    opened = message("comm_open", {"comm_id": "probe", "target_name": "nobody.listens", "data": {}})

    async def talk() -> list[dict[str, Any]]:
        async with visitor.channels(kernel, protocol) as link:
            return await say_and_hear_in_full(link, [opened], protocol)

    kernel = visitor.open("/lessons/slider-full")
    closed = [heard for heard in in_a_thread(talk()) if heard["msg_type"] == "comm_close"]
    assert [heard["content"]["comm_id"] for heard in closed] == ["probe"]


@PROTOCOLS
def test_a_message_that_calls_itself_two_things_is_not_believed(
    visitor: Visitor, tmp_path: Path, protocol: str | None
) -> None:
    """The allowed name outside, the forbidden one inside, and the other way round."""
    mark = tmp_path / "ran"
    (_, _, content), *_ = attacks(mark)
    outside = message("execute_request", content) | {"msg_type": "comm_msg"}
    inside = message("comm_msg", content) | {"msg_type": "execute_request"}

    async def talk() -> set[str]:
        async with visitor.channels(kernel, protocol) as link:
            return {heard["msg_type"] for heard in await say_and_hear_in_full(link, [outside, inside], protocol)}

    kernel = visitor.open("/lessons/slider-full")
    assert "execute_reply" not in in_a_thread(talk())
    assert not mark.exists()


@pytest.mark.parametrize(("protocol", "rubbish"), refused_forms())
def test_rubbish_ends_the_connection_and_nothing_else(
    visitor: Visitor, protocol: str | None, rubbish: str | bytes
) -> None:
    async def send() -> None:
        async with visitor.channels(kernel, protocol) as link:
            await link.write_message(rubbish, binary=isinstance(rubbish, bytes))
            await until_closed(link)

    async def talk() -> set[str]:
        async with visitor.channels(kernel, protocol) as link:
            return {heard["msg_type"] for heard in await say_and_hear_in_full(link, [], protocol)}

    kernel = visitor.open("/lessons/slider-full")
    in_a_thread(send())
    assert "kernel_info_reply" in in_a_thread(talk())


@PROTOCOLS
def test_a_message_longer_than_any_answer_is_not_taken(visitor: Visitor, protocol: str | None) -> None:
    async def send() -> int:
        async with visitor.channels(kernel, protocol) as link:
            await link.write_message(" " * (300 * 1024))
            await until_closed(link)
            return int(link.close_code)

    kernel = visitor.open("/lessons/slider-full")
    assert in_a_thread(send()) == TOO_BIG


def test_a_page_tells_its_reader_when_the_kernel_died(office: Kit, visitor: Visitor) -> None:
    async def talk() -> list[str]:
        async with visitor.channels(kernel, JSON_PROTOCOL) as link:
            await say_and_hear_in_full(link, [])
            for process in kernels_of(office):
                process.kill()
            return await until_closed(link)

    kernel = visitor.open("/lessons/slider-full")
    assert any('"dead"' in raw for raw in in_a_thread(talk()))
    assert visitor.get(f"/api/kernels/{kernel}").status == 403
    assert visitor.open("/lessons/slider-full") != kernel


def test_a_light_page_of_the_same_office_speaks_as_ever(visitor: Visitor) -> None:
    async def talk() -> list[dict[str, Any]]:
        async with visitor.channels(kernel) as link:
            return await say_and_hear(link, [])

    kernel = visitor.open("/home")
    assert in_a_thread(talk())[-1]["content"]["data"]["cells"]


HUGE = b"\x7f" * 64
"""Announces two thousand million parts, or in the newer layout more than there are atoms to hold them."""


@pytest.mark.parametrize("is_v1", [True, False])
@pytest.mark.parametrize("message", [b"", b"\x00" * 4, b"\xff" * 64, HUGE, b"\x01\x00\x00\x00", b"\x00\x00\x00\x09abc"])
def test_a_binary_message_is_not_believed_about_its_own_size(message: bytes, is_v1: bool) -> None:
    with pytest.raises(ValueError, match="parts"):
        require_sane_parts(message, is_v1=is_v1)


def test_sane_binary_messages_of_both_layouts_pass() -> None:
    message = {"header": {"date": "2026-11-23T00:00:00Z"}, "parent_header": {}, "metadata": {}, "content": {}}
    require_sane_parts(serialize_binary_message(message | {"buffers": [b"abc"]}), is_v1=False)
    require_sane_parts(serialize_msg_to_ws_v1([b"{}"] * 4, "shell"), is_v1=True)
