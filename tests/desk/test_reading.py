"""The handbook through the desk: whole or some clauses of it, for everybody signed in, without a key."""

from __future__ import annotations

import json

import pytest

from cps_training.desk import protocol as p
from cps_training.desk.asker import NOBODY, SERVER, Asker
from cps_training.errors import AccessError


@pytest.fixture
def read(desk):
    def ask(*ids, asker=None):
        with desk.records.read() as conn:  # reading must never need to write
            return desk.handle(conn, asker or Asker(person_id="p", roles=("learner",)), p.Handbook(ids=ids))

    return ask


def test_the_whole_book_comes_in_handbook_order(read, library):
    book = read()
    assert [clause["id"] for clause in book["clauses"]] == [clause.id for clause in library.handbook.clauses]
    assert sum(section["teachable"] for section in book["sections"]) == 70
    assert len(book["context"]) == 5
    assert len(book["glossary"]["terms"]) == 60


def test_a_clause_says_what_a_reader_needs(read):
    [clause] = read("cps.2.3")["clauses"]
    assert clause["label"] == {"th": "ข้อ 2.3 ของระบบ CPS", "en": "CPS 2.3"}
    assert clause["page"]["th"] == "คู่มือหน้า 7–10 (ช่วงหน้าโดยประมาณ)"
    assert clause["objective"]["th"]
    assert clause["objective"]["en"]
    assert clause["bloom"] == "analyze"
    assert clause["notes"]
    assert [lesson["lesson_id"] for lesson in clause["lessons"]] == ["cps-cycle"]
    assert all(set(near) == {"id", "label", "title"} for near in clause["related"])


def test_a_value_stands_at_the_clause_it_cites_with_its_status(read):
    first, km = read("practice.19.1", "km.4")["clauses"]
    days = next(one for one in first["parameters"] if one["id"] == "first-meeting-days")
    assert (days["text"]["th"], days["is_verified"], days["is_office_setting"]) == ("90 วัน", True, False)
    online = next(one for one in km["parameters"] if one["id"] == "online-share-percent")
    assert (online["is_verified"], online["is_office_setting"]) == (False, True)


def test_asked_clauses_come_alone_and_unknown_ones_are_left_out(read):
    value = read("km.4", "no.1")
    assert set(value) == {"clauses"}
    assert [clause["id"] for clause in value["clauses"]] == ["km.4"]


def test_every_citation_inside_leads_to_a_clause(read):
    book = read()
    known = {clause["id"] for clause in book["clauses"]}
    cited = {near["id"] for clause in book["clauses"] for near in clause["related"]}
    cited |= {near["id"] for term in book["glossary"]["terms"] for near in term["see"]}
    assert cited <= known


@pytest.mark.parametrize("asker", [NOBODY, SERVER])
def test_nobody_reads_without_signing_in(read, asker):
    with pytest.raises(AccessError, match="ยังไม่ได้เข้าสู่ระบบ"):
        read(asker=asker)


@pytest.mark.parametrize("role", ["learner", "trainer", "approver", "admin"])
def test_every_role_reads_the_same(read, role):
    assert read("km.4", asker=Asker(person_id="p", roles=(role,))) == read("km.4")


def test_no_item_and_no_key_is_in_it(read, library):
    told = json.dumps(read(), ensure_ascii=False)
    for item in library.items.values():
        assert item.stem not in told
        assert not item.explanation or item.explanation not in told


def test_the_book_fits_a_line_between_desk_and_kernel_with_room_to_spare(read):
    assert len(json.dumps(read(), ensure_ascii=False).encode()) < p.MAX_LINE / 4
