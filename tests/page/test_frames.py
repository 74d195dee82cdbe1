"""Whatever comes out of the socket, the page goes on: frames that are cut, lie or make no sense."""

from __future__ import annotations

import struct

import pytest
from playwright.sync_api import expect

from tests.page.wire import pack

GOOD = pack("comm_msg", {"comm_id": "a", "data": {"method": "custom", "content": 1}})
COUNT = len(struct.pack("<Q", 0))


def data(content):
    return pack("comm_msg", {"comm_id": "a", "data": content})


MALFORMED = {
    "text": "not binary",
    "empty": b"",
    "a few bytes": b"\x01\x02\x03",
    "no parts": struct.pack("<2Q", 0, 0),
    "too few parts": struct.pack("<4Q", 3, 32, 32, 32),
    "a table longer than the frame": struct.pack("<Q", 2**20) + GOOD[COUNT:],
    "the largest count": struct.pack("<Q", 2**64 - 1) + GOOD[COUNT:],
    "parts beyond the end": GOOD[:8] + struct.pack("<Q", 2**40) + GOOD[16:],
    "parts backwards": GOOD[:16] + struct.pack("<Q", 0) + GOOD[24:],
    "cut": GOOD[: len(GOOD) // 2],
    "no JSON": GOOD.replace(b'"custom"', b'"custom\x00'),
    "no UTF-8": GOOD.replace(b'"custom"', b'"cust\xff\xfe"'),
    "content is null": pack("comm_msg", None),
    "content is a list": pack("comm_msg", []),
    "no data": pack("comm_msg", {"comm_id": "a"}),
    "data is a number": data(7),
    "an update of nothing": data({"method": "update"}),
    "an update by null": data({"method": "update", "state": None}),
    "buffers that did not come": data({"method": "update", "state": {}, "buffer_paths": [["no", "such", "place"]]}),
    "a method nobody knows": data({"method": "dance", "state": {}}),
    "a model without state": pack("comm_open", {"comm_id": "n", "target_name": "jupyter.widget", "data": {}}),
    "another's comm": pack("comm_open", {"comm_id": "n", "target_name": "other", "data": {"state": {}}}),
    "a closed stranger": pack("comm_close", {"comm_id": "stranger"}),
    "a message of no type": pack("", {}),
    "a type nobody knows": pack("display_data", {"data": {"text/plain": "x"}}),
    "a status without a state": pack("status", {}),
}


@pytest.mark.parametrize("frame", MALFORMED.values(), ids=MALFORMED.keys())
def test_a_frame_that_makes_no_sense_is_left_out(visit, kernel, frame):
    kernel.show("c1", kernel.box("box", kernel.widget("a", id="a", text="one")))
    visit.open()
    kernel.send(frame)
    kernel.update("a", text="two")
    expect(visit.page.locator("output")).to_have_text("two")
    visit.run("model().send('fence')")
    kernel.wait_heard(1)
    assert not visit.is_lost()


def test_a_page_that_makes_no_sense_is_not_taken_for_one(visit, kernel):
    visit.page.clock.install()
    kernel.is_mute = True
    kernel.show("c1", {"text/plain": "shown"})
    visit.page.goto(kernel.url)
    kernel.wait(lambda k: k.asked)
    (asked,) = kernel.asked
    for page in ({}, {"cells": 1, "states": []}, {"cells": [], "states": {"x": None}}):
        kernel.tell(asked.comm, {"method": "page", **page})
    kernel.tell("another comm", {"method": "page", "cells": [], "states": {}, "buffer_paths": []})
    visit.page.clock.run_for(31_000)
    assert visit.is_lost()
    kernel.send(kernel.page_message(asked.comm))
    visit.ready()
    assert visit.page.locator("pre").inner_text() == "shown"
    assert not visit.is_lost()
