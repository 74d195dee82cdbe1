"""What a view may do with its model, as anywidget promises it: reading, setting, saving, listening, messages, binary values."""

from __future__ import annotations

import struct

import pytest
from playwright.sync_api import expect


def fence(visit, kernel):
    """Everything the page has said before, it has said when this returns."""
    visit.run("model().send('fence')")
    kernel.wait(lambda k: "fence" in k.contents())
    return [m for m in kernel.heard if m.data.get("content") != "fence"]


def test_a_view_reads_what_python_set(shown):
    visit = shown("bare", text="สวัสดี", rows=[{"n": 1}])
    assert visit.run("return [model().get('text'), model().get('rows'), model().get('nothing') === undefined]") == [
        "สวัสดี",
        [{"n": 1}],
        True,
    ]


def test_setting_tells_listeners_the_model_and_the_value_once_all_is_set(shown):
    visit = shown("bare", a=1, b=1)
    told = visit.run(
        """const told = [], m = model();
        m.on("change:a", (who, value) => told.push(["a", value, who.get("b")]));
        m.on("change:b", (who, value) => told.push(["b", value, who.get("a")]));
        m.on("change", (who) => told.push(["any", who.get("a"), who.get("b")]));
        m.set({ a: 2, b: 3 });
        m.set("a", 4);
        return told;"""
    )
    assert told == [["a", 2, 3], ["b", 3, 2], ["any", 2, 3], ["a", 4, 3], ["any", 4, 3]]


def test_setting_what_is_there_is_no_change(shown, kernel):
    visit = shown("bare", rows=[{"n": [1, 2]}], none=None)
    assert (
        visit.run(
            """const told = [], m = model();
        m.on("change", () => told.push("changed"));
        m.set("rows", [{ n: [1, 2] }]);
        m.set("none", null);
        m.save_changes();
        return told;"""
        )
        == []
    )
    assert fence(visit, kernel) == []


def test_what_differs_only_deep_inside_is_a_change(shown):
    visit = shown("bare", rows=[{"n": [1, 2]}], bytes=None)
    assert (
        visit.run(
            """const told = [], m = model();
        m.set("bytes", new Uint8Array([1, 2]));
        m.on("change", () => told.push("changed"));
        m.set("rows", [{ n: [1, 3] }]);
        m.set("rows", [{ n: [1, 3], more: 0 }]);
        m.set("rows", [{ n: [1, 3] }]);
        m.set("rows", { 0: { n: [1, 3] } });
        m.set("bytes", new Uint8Array([1, 3]));
        m.set("bytes", new Uint8Array([1]));
        return told.length;"""
        )
        == 6
    )


def test_saving_sends_what_was_set_and_only_once(shown, kernel):
    visit = shown("bare", a=1, b=1, c=1)
    visit.run(
        "const m = model(); m.set('a', 2); m.set('b', {deep: [true]}); m.set('a', 3); m.save_changes({iopub: {}}); m.save_changes();"
    )
    (saved,) = fence(visit, kernel)
    assert (saved.type, saved.channel, saved.comm) == ("comm_msg", "shell", "a")
    assert saved.data == {"method": "update", "state": {"a": 3, "b": {"deep": [True]}}, "buffer_paths": []}


def test_nothing_is_sent_before_it_is_saved_and_what_python_set_is_not_sent_back(shown, kernel):
    visit = shown("field", text="one")
    visit.run("model().set('draft', 'mine')")
    kernel.update("a", text="two", draft="theirs")
    expect(visit.page.locator("output")).to_have_text("two")
    visit.run("model().save_changes()")
    assert fence(visit, kernel) == []
    assert visit.run("return model().get('draft')") == "theirs"


@pytest.mark.parametrize(
    ("off", "left"),
    [
        ("m.off()", []),
        ("m.off('change:a')", ["b first", "b second"]),
        ("m.off('change:a', first)", ["a second", "b first", "b second"]),
        ("m.off(null, first)", ["a second", "b second"]),
        ("m.off('change:a change:b', second)", ["a first", "b first"]),
    ],
)
def test_a_view_takes_back_its_own_listeners(visit, kernel, off, left):
    kernel.show("c1", kernel.widget("a", "bare", id="a", a=1, b=1), "a")
    visit.open()
    told = visit.run(
        f"""const told = [], m = model();
        const first = () => told.push("first"), second = () => told.push("second"), others = () => told.push("others");
        for (const name of ["a", "b"]) for (const heard of [first, second]) m.on(`change:${{name}}`, heard);
        model("a", 1).on("change:a change:b", others);
        {off};
        const out = [];
        for (const name of ["a", "b"]) {{ told.length = 0; m.set(name, 2); out.push(...told.map((one) => `${{name}} ${{one}}`)); }}
        return out;"""
    )
    assert sorted(told) == sorted([*left, "a others", "b others"])


def test_one_listeners_mistake_is_not_the_others(shown, kernel):
    visit = shown("field", text="one")
    visit.expected = ["listener broke"]
    visit.run(
        "model().on('change:other', () => { throw new Error('listener broke'); }); model().on('change:other', () => log.push('heard'))"
    )
    kernel.update("a", other=1, text="two")
    expect(visit.page.locator("output")).to_have_text("two")
    assert visit.log()[-1] == "heard"


def test_an_echo_of_an_older_value_does_not_undo_a_newer_one(shown, kernel):
    visit = shown("field", text="")
    visit.run(
        """const m = model();
        m.on("change:text", (_, value) => log.push(value));
        for (const text of ["s", "se", "sen"]) { m.set("text", text); if (text !== "sen") m.save_changes(); }"""
    )
    for message in kernel.wait_heard(2):
        kernel.tell("a", {"method": "echo_update", "state": message.data["state"]}, parent=message.header["msg_id"])
    kernel.custom("a", "echoes are through")
    visit.until("log.at(-1).includes('echoes are through')")
    visit.run("model().save_changes()")
    saved = kernel.wait_heard(3)[-1]
    kernel.tell("a", {"method": "echo_update", "state": {"text": "another's"}}, parent="another's")
    kernel.tell("a", {"method": "echo_update", "state": saved.data["state"]}, parent=saved.header["msg_id"])
    kernel.tell("a", {"method": "echo_update", "state": {"text": "from another"}}, parent="another's")
    expect(visit.page.locator("output")).to_have_text("from another")
    told = [line for line in visit.log() if "render" not in line and "initialize" not in line and "heard" not in line]
    assert told == ["s", "se", "sen", "from another"]


def test_messages_come_in_order_and_with_their_buffers_both_ways(shown, kernel):
    visit = shown("bare")
    visit.run(
        """model().on("msg:custom", (content, buffers) => {
          log.push([content, buffers.map((one) => [one instanceof DataView, one.buffer.byteLength, one.getUint8(0)])]);
        });"""
    )
    kernel.custom("a", {"n": 1})
    kernel.custom("a", [2], (b"\x07", b"\x08\x09\x0a"))
    visit.until("log.length === 2")
    assert visit.log() == [[{"n": 1}, []], [[2], [[True, 1, 7], [True, 3, 8]]]]

    visit.run(
        "model().send({ n: 'หนึ่ง' }, undefined, [new Uint8Array([1, 2, 3]).buffer, new Uint16Array([1, 2, 3]).subarray(1, 2)]); model().send('two');"
    )
    one, two = kernel.wait_heard(2)
    assert one.data == {"method": "custom", "content": {"n": "หนึ่ง"}}
    assert one.buffers == (b"\x01\x02\x03", struct.pack("<H", 2))
    assert two.data == {"method": "custom", "content": "two"}
    assert one.header["msg_id"] != two.header["msg_id"]
    assert one.header["session"] == two.header["session"]


def test_binary_values_come_with_the_page_with_updates_and_with_new_models(visit, kernel):
    kernel.show("c1", kernel.widget("a", "bare", id="a", picture=None, nested={"rows": [1, None]}))
    kernel.buffer_paths, kernel.buffers = [["a", "picture"], ["a", "nested", "rows", 1]], (b"\x01\x02", b"\x03")
    visit.open()
    read = "const bytes = (view) => Array.from(new Uint8Array(view.buffer)); const m = model();"
    assert visit.run(
        f"{read} return [bytes(m.get('picture')), bytes(m.get('nested').rows[1]), m.get('nested').rows[0]]"
    ) == [[1, 2], [3], 1]

    visit.run("model().on('change', (m) => log.push('changed'))")
    kernel.update("a", picture=None, buffers=(b"\x01\x02",), paths=[["picture"]])
    kernel.update("a", picture=None, buffers=(b"\x09",), paths=[["picture"]])
    visit.until("log.length === 1")
    assert visit.run(f"{read} return bytes(m.get('picture'))") == [9]


def test_binary_values_leave_beside_the_state_and_stay_in_the_model(shown, kernel):
    visit = shown("bare")
    visit.run(
        """const m = model();
        m.set("track", { points: [1, new Float32Array([0.5, 1.5]).subarray(1)], name: "x" });
        m.set("raw", new Uint8Array([5]).buffer);
        m.set("when", null);
        m.save_changes();"""
    )
    (saved,) = kernel.wait_heard(1)
    sent = dict(zip(map(tuple, saved.data["buffer_paths"]), saved.buffers, strict=True))
    assert sent == {("track", "points", 1): struct.pack("<f", 1.5), ("raw",): b"\x05"}
    assert saved.data["state"]["track"] == {"points": [1, None], "name": "x"}
    assert visit.run("return model().get('track').points[1][0]") == 1.5


def test_a_view_finds_other_models(visit, kernel):
    kernel.widget("b", "bare", text="other")
    kernel.show("c1", kernel.widget("a", "bare", id="a"))
    visit.open()
    assert visit.run("return model().widget_manager.get_model('b').then((b) => b.get('text'))") == "other"
    assert "nobody" in visit.run("return model().widget_manager.get_model('nobody').catch((error) => error.message)")


def test_a_closed_model_says_nothing_more(visit, kernel):
    kernel.show("c1", kernel.widget("a", "bare", id="a"), kernel.widget("b", "bare", id="b"))
    visit.open()
    kernel.close("a")
    visit.until("!document.querySelector('[data-cell] > div:nth-child(2)')")
    visit.run("const m = model('a'); m.set('x', 1); m.save_changes(); m.send('late'); model('b').send('fence')")
    assert [m.data["content"] for m in kernel.wait_heard(1)] == ["fence"]
