"""The kernel of one page, as a process of its own: what its cells give, what it says, to whom, and what it does without."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psutil
import pytest
import zmq

from cps_training.notebook_cells import code_cells
from cps_training.places import DataFolder
from tests.server.bare_kernels import HANDLED, Line, ordinary, plain, short_folder, wait_for

pytestmark = pytest.mark.skipif(os.name == "nt", reason="2026-11-23: spoken to through files, which Windows has not")

VIEW = "application/vnd.jupyter.widget-view+json"
Started = Callable[..., tuple[Line, subprocess.Popen[bytes]]]

ECHO = """
from cps_training.views import Notice
def heard(action):
    if action == "raise": raise RuntimeError("secret-of-the-author")
    shown.text = action
shown = Notice(text="before", on_action=heard)
shown
"""


@pytest.fixture
def start() -> Iterator[Started]:
    """Starts a kernel of the given cells; gives the line to it and its process."""
    with ExitStack() as stack:
        yield lambda *cells: stack.enter_context(ordinary(stack.enter_context(short_folder()), *cells))


def action(model: str, name: str) -> tuple[str, dict[str, Any]]:
    """A button of a widget was pressed."""
    content = {"kind": "action", "id": name}
    return "comm_msg", {"comm_id": model, "data": {"method": "custom", "content": content}}


def shown(page: dict[str, Any]) -> str:
    """The id of the widget that the last cell shows."""
    return str(page["cells"][-1]["outputs"][0][VIEW]["model_id"])


# The cells --------------------------------------------------------------------------------------------------------


def test_every_kind_of_output_is_given(start: Started) -> None:
    line, _ = start(
        "from IPython.display import HTML, SVG, display",
        "SVG('<svg xmlns=\"http://www.w3.org/2000/svg\"/>')",
        "HTML('<b>ข้อความ</b>')",
        "20 + 22",
        "print('said', 'twice')",
        "display(HTML('<i>1</i>')); display(HTML('<i>2</i>')); print('after')",
        "none = None",
        "from cps_training.views import Notice\nNotice(text='drawn')",
    )
    page = line.page()
    cells = page["cells"]
    assert [cell["id"] for cell in cells] == [f"c{index}" for index in range(8)]
    assert not any(cell["failed"] for cell in cells)
    assert [cells[index]["outputs"] for index in (0, 6)] == [[], []]
    assert "<svg" in cells[1]["outputs"][0]["image/svg+xml"]
    assert cells[2]["outputs"][0]["text/html"] == "<b>ข้อความ</b>"
    assert cells[3]["outputs"] == [{"text/plain": "42"}]
    assert cells[4]["outputs"] == [{"text/plain": "said twice\n"}]
    assert [output.get("text/html") or output["text/plain"] for output in cells[5]["outputs"]] == [
        "after\n",
        "<i>1</i>",
        "<i>2</i>",
    ]
    state = page["states"][shown(page)]
    assert (state["model_name"], state["state"]["text"], state["state"]["_esm"]) == ("AnyModel", "drawn", "#notice")


@pytest.mark.parametrize(
    "broken",
    [
        "raise ValueError('secret-of-the-author')",
        "def secret-of-the-author",
        "import sys\nprint('secret-of-the-author', file=sys.stderr)",
        "print('secret-of-the-author')\nimport warnings\nwarnings.warn('secret-of-the-author')",
        "import sys\nsys.exit('secret-of-the-author')",
        "raise KeyboardInterrupt('secret-of-the-author')",
        "import secret_of_the_author",
    ],
)
def test_a_failed_cell_reveals_nothing_and_the_next_ones_run(start: Started, broken: str) -> None:
    line, _ = start("'before'", broken, "'after'")
    ear = line.listen()
    page = line.page(ear)
    assert [cell["failed"] for cell in page["cells"]] == [False, True, False]
    assert [cell["outputs"] for cell in page["cells"]] == [
        [{"text/plain": "'before'"}],
        [],
        [{"text/plain": "'after'"}],
    ]
    assert "secret" not in json.dumps(page, default=repr)
    assert ear.hears_nothing()


def test_what_failed_is_written_down_for_the_author(start: Started) -> None:
    """Where, which notebook, which cell and what: in the data folder's log, which readers of pages never see."""
    line, _ = start(
        "'fine'",
        "raise ValueError('too early')",
        "import sys\nprint('a complaint', file=sys.stderr)",
        "raise ValueError('x' * 100_000)",
    )
    assert [cell["failed"] for cell in line.page()["cells"]] == [False, True, True, True]
    log = Path(line.file).parent / "logs" / "notebooks.log"
    written = log.read_text("utf-8")
    assert "n.ipynb cell c1" in written
    assert "ValueError: too early" in written
    assert "n.ipynb cell c2" in written
    assert "a complaint" in written
    assert "cell c0" not in written
    assert len(written) < 20_000
    assert log.parent.stat().st_mode & 0o077 == 0


def test_cells_without_ids_are_called_by_their_place_as_the_server_calls_them(start: Started) -> None:
    def cell(kind: str, source: str | list[str], **more: str) -> dict[str, Any]:
        return {"cell_type": kind, "source": source, "metadata": {}} | more

    cells = [
        cell("markdown", "# Title"),
        cell("code", ["1 +\\\n", " 1"]),
        cell("code", "  \n"),
        cell("code", "3", id="named"),
        cell("code", "4", id=""),
    ]
    line, _ = start(*cells)
    page = line.page()
    assert [cell["id"] for cell in page["cells"]] == ["cell-1", "named", "cell-4"]
    assert plain(page) == ["2", "3", "4"]
    assert [name for name, _ in code_cells({"cells": cells})] == ["cell-1", "named", "cell-4"]


def test_a_notebook_without_cells_is_a_page_too(start: Started) -> None:
    line, _ = start()
    assert line.page()["cells"] == []


# States -----------------------------------------------------------------------------------------------------------


def test_states_come_whole_with_their_binary_values_beside(start: Started) -> None:
    line, _ = start(
        "import anywidget, traitlets",
        "class Binary(anywidget.AnyWidget):\n"
        "    _esm = 'export default {}'\n"
        "    one = traitlets.Bytes(b'first').tag(sync=True)\n"
        "    many = traitlets.List([{'x': b'second'}, b'third', 'text']).tag(sync=True)",
        "inner, outer = Binary(), Binary(one=b'fourth')",
        "import ipywidgets\nipywidgets.VBox([inner, outer])",
    )
    page = line.page()
    box = page["states"][shown(page)]
    assert box["model_name"] == "VBoxModel"
    inner, outer = (child.removeprefix("IPY_MODEL_") for child in box["state"]["children"])
    assert set(page["states"]) == {shown(page), inner, outer}  # no layouts: nobody draws them
    found = {tuple(path): part for path, part in zip(page["buffer_paths"], page["buffers"], strict=True)}
    assert found == {
        (inner, "one"): b"first",
        (outer, "one"): b"fourth",
        (inner, "many", 0, "x"): b"second",
        (inner, "many", 1): b"third",
        (outer, "many", 0, "x"): b"second",
        (outer, "many", 1): b"third",
    }
    assert "one" not in page["states"][inner]["state"]
    assert page["states"][inner]["state"]["many"] == [{}, None, "text"]


def test_what_a_message_changes_is_told_and_stands_in_the_page_from_then_on(start: Started) -> None:
    line, _ = start(ECHO)
    ear = line.listen()
    model = shown(line.page(ear))
    line.say(*action(model, "after"))
    update = ear.hear()
    assert (update["msg_type"], update["content"]["comm_id"]) == ("comm_msg", model)
    assert update["content"]["data"] == {"method": "update", "state": {"text": "after"}, "buffer_paths": []}
    assert ear.hears_nothing()  # no status, no echo
    assert line.answer() == HANDLED
    assert line.page(ear)["states"][model]["state"]["text"] == "after"


def test_a_new_widget_is_announced_and_a_closed_one_is_no_more(start: Started) -> None:
    line, _ = start(
        "from cps_training.views import Notice",
        "others = []\n"
        "def heard(action):\n"
        "    if action == 'open': others.append(Notice(text='new'))\n"
        "    else: others.pop().close()\n"
        "Notice(text='first', on_action=heard)",
    )
    ear = line.listen()
    page = line.page(ear)
    line.say(*action(shown(page), "open"))
    while (opened := ear.hear())["content"].get("data", {}).get("state", {}).get("text") != "new":
        assert opened["msg_type"] == "comm_open"  # its layout
    assert (opened["msg_type"], opened["content"]["target_name"]) == ("comm_open", "jupyter.widget")
    new = opened["content"]["comm_id"]
    assert new in line.page(line.listen())["states"]
    line.say(*action(shown(page), "close"))
    while (heard := ear.hear())["msg_type"] != "comm_close" or heard["content"]["comm_id"] != new:
        pass
    assert new not in line.page(line.listen())["states"]


# Who listens ------------------------------------------------------------------------------------------------------


def test_nothing_is_said_before_the_welcome(start: Started, tmp_path: Path) -> None:
    """A listener who came while the cells ran would hear half of what they did, and take the first of it for the welcome."""
    wait = f"import pathlib, time\nwhile not pathlib.Path({str(tmp_path / 'go')!r}).exists(): time.sleep(0.01)"
    line, _ = start(wait, ECHO)
    ear = line.ear()
    events = ear.socket.get_monitor_socket(zmq.EVENT_HANDSHAKE_SUCCEEDED)
    try:
        early = line.ear()  # connected second: when its greeting is through, the other's subscription is long there
        assert events.poll(60_000)
        (tmp_path / "go").touch()
        assert ear.hear()["msg_type"] == "iopub_welcome"
        assert early.hear()["msg_type"] == "iopub_welcome"
    finally:
        ear.socket.disable_monitor()
        events.close()


def test_what_happens_while_nobody_listens_is_not_said_later(start: Started) -> None:
    line, _ = start(ECHO)
    first = line.listen()
    model = shown(line.page(first))
    first.socket.close()
    line.say(*action(model, "unheard"))
    assert line.answer() == HANDLED
    second = line.listen()
    assert second.hears_nothing()
    assert line.page(second)["states"][model]["state"]["text"] == "unheard"


def test_each_listener_is_welcomed_and_all_hear_the_same(start: Started) -> None:
    line, _ = start(ECHO)
    first = line.listen()
    model = shown(line.page(first))
    second = line.listen()  # which waits for a welcome of its own
    assert first.hear()["msg_type"] == "iopub_welcome"
    line.say(*action(model, "x"))
    assert first.hear()["content"] == second.hear()["content"]
    second.socket.close()  # one listener less: the other is still spoken to
    for text in "abc":
        time.sleep(0.1)  # until the kernel has heard of it too
        line.say(*action(model, text))
        assert first.hear()["content"]["data"]["state"] == {"text": text}


# Messages ---------------------------------------------------------------------------------------------------------


def test_each_message_is_reported_as_handled_in_order_even_if_it_could_not_be(start: Started) -> None:
    line, _ = start(ECHO)
    ear = line.listen()
    model = shown(line.page(ear))
    said = [
        action(model, "first"),
        action(model, "raise"),
        ("comm_msg", {"no": "comm_id"}),
        ("comm_msg", {"comm_id": "nobody's", "data": {}}),
        ("no_such_request", {}),
        action(model, "last"),
    ]
    for kind, content in said:
        line.say(kind, content)
    line.shell.send_multipart([b"<IDS|MSG>", b"wrong signature", b"{}", b"{}", b"{}", b"{}"])
    assert [line.answer() for _ in range(7)] == [HANDLED] * 7
    assert not line.shell.poll(0)
    assert [ear.hear()["content"]["data"]["state"]["text"] for _ in range(2)] == ["first", "last"]
    line.page(ear)


def test_an_answer_comes_before_its_message_counts_as_handled(start: Started) -> None:
    line, _ = start(ECHO)
    for _ in range(3):
        line.say("kernel_info_request", {})
    heard = ["handled" if one == HANDLED else one["msg_type"] for one in (line.answer() for _ in range(6))]
    assert sorted(heard) == ["handled"] * 3 + ["kernel_info_reply"] * 3
    for told in range(6):
        assert heard[:told].count("handled") <= heard[:told].count("kernel_info_reply")


def test_handled_means_that_what_it_caused_was_done(start: Started, tmp_path: Path) -> None:
    mark = tmp_path / "done"
    line, _ = start(
        "import pathlib, time\nfrom cps_training.views import Notice",
        f"Notice(text='', on_action=lambda _: (time.sleep(0.3), pathlib.Path({str(mark)!r}).touch()))",
    )
    model = shown(line.page())
    line.say(*action(model, "x"))
    assert line.answer() == HANDLED
    assert mark.exists()


def test_what_was_said_while_the_cells_ran_is_heard_after_them(start: Started, tmp_path: Path) -> None:
    wait = f"import pathlib, time\nwhile not pathlib.Path({str(tmp_path / 'go')!r}).exists(): time.sleep(0.01)"
    line, _ = start(wait, "'last'")
    line.say("comm_open", {"comm_id": "early", "target_name": "cps.page", "data": {}})
    line.say("comm_close", {"comm_id": "early"})
    assert not line.shell.poll(200)
    (tmp_path / "go").touch()
    assert [line.answer(), line.answer()] == [HANDLED, HANDLED]
    assert plain(line.page())[-1] == "'last'"


def test_a_message_of_another_key_is_not_believed(start: Started, tmp_path: Path) -> None:
    mark = tmp_path / "pressed"
    line, _ = start(
        "import pathlib\nfrom cps_training.views import Notice",
        f"Notice(text='', on_action=lambda _: pathlib.Path({str(mark)!r}).touch())",
    )
    model = shown(line.page())
    right, line.session.key = line.session.key, b"another"
    line.say(*action(model, "x"))
    assert line.answer() == HANDLED
    assert not mark.exists()
    line.session.key = right
    line.say(*action(model, "x"))
    assert line.answer() == HANDLED
    assert mark.exists()


# What it does without ---------------------------------------------------------------------------------------------


def threads_of(pid: int) -> list[str]:
    """The names of a process's threads besides the first."""
    names = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        if task.name != str(pid):
            names.append((task / "comm").read_text().strip())
    return sorted(names)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="2026-11-23: read from /proc")
def test_it_has_one_thread_and_those_of_zmq_even_after_a_long_message(start: Started) -> None:
    line, process = start(
        "from cps_training.views import Notice",
        "one = Notice(text='', on_action=lambda _: setattr(one, 'text', 'long' * 50_000))",
        "one",
    )
    ear = line.listen()
    page = line.page(ear)
    line.say(*action(shown(page), "x"))
    assert len(ear.hear()["content"]["data"]["state"]["text"]) == 200_000
    line.page(ear)
    assert threads_of(process.pid) == ["ZMQbg/IO/0", "ZMQbg/Reaper"]


def test_it_listens_on_two_sockets_and_on_no_port(start: Started) -> None:
    line, process = start("1")
    line.page()
    assert psutil.Process(process.pid).net_connections("inet") == []
    found = {path.name for path in Path(line.file).parent.iterdir() if path.is_socket()}
    assert len(found) == 2


def test_it_holds_no_debugger_and_no_history(start: Started) -> None:
    line, _ = start(
        "import sys\nsorted(name for name, module in sys.modules.items() if module and 'debugpy' in name)",
        "shell = get_ipython()\n"
        "(shell.history_manager.enabled, shell.displayhook.cache_size, [t.name for t in __import__('threading').enumerate()])",
    )
    page = line.page()
    debuggers, (history, cache, threads) = (ast.literal_eval(text) for text in plain(page))
    assert debuggers == []
    assert (history, cache, threads) == (False, 0, ["MainThread"])


def test_nobodys_settings_change_what_a_page_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a configuration in the home of whoever starts the server, nor one beside our own, nor a start-up script is read."""
    monkeypatch.setenv("HOME", str(tmp_path))
    with short_folder() as folder:
        ours = DataFolder(folder).jupyter / "ipython"
        for profile in (tmp_path / ".ipython" / "profile_default", ours / "profile_default"):
            (profile / "startup").mkdir(parents=True)
            (profile / "startup" / "00.py").write_text("started_up = True")
            for name in ("ipython_config.py", "ipython_kernel_config.py"):
                (profile / name).write_text("c.InteractiveShell.ast_node_interactivity = 'none'")
        with ordinary(folder, "'started_up' in globals()") as (line, _):
            assert plain(line.page()) == ["False"]


def test_it_ends_by_a_polite_signal(start: Started) -> None:
    line, process = start(ECHO)
    line.page()
    process.terminate()
    assert wait_for(process.poll, "the kernel ends") == -15
