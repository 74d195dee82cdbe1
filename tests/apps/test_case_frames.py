"""Case tables as pandas frames: the figures of the files, real dates, years as the index, every column explained."""

from __future__ import annotations

import csv
import math
import random
from dataclasses import replace
from datetime import date

import pandas
import pytest

from cps_training import apps
from cps_training.apps.session import Session
from cps_training.content.cases.tables import SPEC_OF
from cps_training.desk import protocol
from cps_training.desk.asker import Asker
from cps_training.desk.core import Desk
from cps_training.desk.local import LocalDesk
from cps_training.errors import KitError
from cps_training.places import shipped
from cps_training.records import accounts
from cps_training.records.engine import Records
from tests.conftest import StandingClock

CASES = sorted(path.parent.name for path in (shipped() / "data/cases").glob("*/case.yaml"))
OWN = ("ratios", "dictionary")


@pytest.fixture(scope="module")
def session(library, tmp_path_factory):
    records, clock = Records.open(tmp_path_factory.mktemp("frames") / "records.sqlite3"), StandingClock()
    desk = Desk(records, library, clock, random.Random(7).randbytes, "lab")
    with records.write() as conn:
        person_id = accounts.add_person(
            conn, code="K01", name="คน K01", roles=("learner",), at=clock(), entropy=desk.entropy
        )
    person = {"person_id": person_id, "locale": "th"}
    opened = LocalDesk(desk, Asker(person_id=person_id, roles=("learner",)), person)
    yield Session(opened, person, "th", is_lab=True, is_demo=False)
    records.close()


@pytest.fixture(scope="module")
def frames_of(session):
    return {case: apps.case_frames(session, case) for case in CASES}


def as_written(value, unit):
    """A value of a frame as the file has it."""
    if pandas.isna(value):
        return ""
    match unit:
        case "date":
            return value.date().isoformat()
        case "yes":
            return str(value).lower()
        case "money" | "percent":
            return float(value)
    return str(value)


@pytest.mark.parametrize("case", CASES)
def test_every_figure_is_the_one_in_the_file(frames_of, case):
    frames = frames_of[case]
    files = {path.stem: path for path in (shipped() / "data/cases" / case / "tables").glob("*.csv")}
    assert set(frames) == {*files, *OWN}
    for name, path in files.items():
        rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))
        shown = frames[name].reset_index(names="year") if SPEC_OF[name].is_yearly else frames[name]
        assert list(shown.columns) == [one.name for one in SPEC_OF[name].columns if not one.is_key]
        for one in SPEC_OF[name].columns:
            if not one.is_key:
                cells = [row[one.name] for row in rows]
                if one.unit in ("money", "percent"):
                    cells = [float(cell) for cell in cells]
                assert [as_written(value, one.unit) for value in shown[one.name]] == cells, (name, one.name)


@pytest.mark.parametrize("case", CASES)
def test_years_are_the_index_dates_are_dates_and_units_are_told(frames_of, case):
    for name, frame in frames_of[case].items():
        assert set(frame.attrs["units"]) == set(frame.columns)
        assert frame.attrs["title"] != name
        if name == "ratios" or (name not in OWN and SPEC_OF[name].is_yearly):
            assert frame.index.name == "year"
            assert frame.index.is_monotonic_increasing
        if name not in OWN:
            for column, unit in frame.attrs["units"].items():
                assert unit == next(one.unit for one in SPEC_OF[name].columns if one.name == column)
                assert (frame[column].dtype.kind == "M") == (unit == "date")


def test_dates_can_be_reckoned_with_and_a_missing_one_is_no_date(frames_of):
    lenders = frames_of["thung-sathit"]["borrowing"]
    assert (lenders["due_on"] - pandas.Timestamp(date(2023, 7, 24))).dt.days.tolist() == [-115, 251, 68, 246]
    assert lenders["paid_on"].isna().tolist() == [False, False, False, True]


@pytest.mark.parametrize("case", CASES)
def test_ratios_are_those_of_the_desk_and_agree_with_the_figures(session, frames_of, case):
    frames = frames_of[case]
    told = session.ask(protocol.OpenCase(case_id=case))["case"]
    assert list(frames["ratios"].columns) == [ratio["name"] for ratio in told["ratios"]]
    for ratio in told["ratios"]:
        for year, value in frames["ratios"][ratio["name"]].items():
            wanted = ratio["values"][str(year)]
            assert math.isnan(value) if wanted is None else value == wanted
        assert frames["ratios"].attrs["units"][ratio["name"]] == ratio["unit"]
    balance = frames["balance"]
    pandas.testing.assert_series_equal(
        frames["ratios"]["de_ratio"], balance["total_liabilities"] / balance["total_equity"], check_names=False
    )


@pytest.mark.parametrize("case", CASES)
def test_the_dictionary_explains_every_column_and_formula(frames_of, case):
    frames = frames_of[case]
    dictionary = frames["dictionary"].set_index(["table", "column"])
    named = {(name, column) for name, frame in frames.items() if name != "dictionary" for column in frame.columns}
    named |= {(name, "year") for name, frame in frames.items() if frame.index.name == "year"}
    assert set(dictionary.index) == named
    assert dictionary.index.is_unique
    assert (dictionary[["meaning", "unit"]].map(len) > 0).all(axis=None)
    assert dictionary.loc[("balance", "arrears"), ["meaning", "unit"]].tolist() == ["หนี้ค้างชำระ", "บาท"]
    assert dictionary.loc[("ratios", "de_ratio"), "note"] == "รวมหนี้สิน ÷ รวมทุน"
    assert "board = คณะกรรมการ" in dictionary.loc[("meetings", "kind"), "note"]


def test_the_dictionary_is_in_the_language_of_the_person(session):
    english = apps.case_frames(replace(session, locale="en"), "thung-sathit")["dictionary"]
    assert set(english.query("column == 'due_on' or column == 'held_on'")["unit"]) == {"Date"}


def test_a_case_there_is_not_is_refused_in_the_desks_words(session):
    with pytest.raises(KitError, match="ไม่พบกรณีศึกษา “no-such-case”") as refused:
        apps.case_frames(session, "no-such-case")
    assert refused.value.code == "unknown-case"
