"""A new data folder for a benchmark: people with passwords, and a form of ten shipped one-choice questions. Knows no server.

The questions are shipped ones, asked through the office's own content, so that stock Voilà can ask the very same.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from cps_training.clock import office_day, utc_now
from cps_training.content.library import load_library
from cps_training.items.multiple_choice import MultipleChoice
from cps_training.places import DataFolder, shipped
from cps_training.records import accounts, passwords, roster
from cps_training.records.engine import Records
from tests.kit import HOST

FORM = "bench"
QUIZ = f"/quiz?form={FORM}"
N_QUESTIONS = 10
UNIT_SIZE = 12
SEATS_BESIDES = 20


@dataclass(frozen=True)
class Office:
    """codes: of the learners, who all have the password."""

    folder: Path
    codes: tuple[str, ...]
    password: str


def questions() -> list[MultipleChoice]:
    """Ten shipped questions with one right choice."""
    items = load_library(shipped()).items.values()
    return [item for item in items if isinstance(item, MultipleChoice)][:N_QUESTIONS]


def build(folder: Path, n: int) -> Office:
    """The data folder of an office of n learners and one trainer. The folder must not hold a store yet."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.toml").write_text(f'allowed_hosts = ["{HOST}"]\nseats = {n + SEATS_BESIDES}\n', "utf-8")
    forms = folder / "content" / "quizzes" / "forms"
    forms.mkdir(parents=True)
    form = {
        "form": FORM,
        "title": {"th": "สิบข้อ", "en": "Ten"},
        "description": {"th": "สิบข้อสำหรับวัดเวลา", "en": "Ten"},
        "feedback": "practice",
        "shuffle": False,
        "minutes": 5,
        "items": [item.id for item in questions()],
    }
    (forms / f"{FORM}.yaml").write_text(json.dumps(form, ensure_ascii=False), "utf-8")  # JSON is YAML
    office = Office(folder, tuple(f"B{number:04}" for number in range(1, n + 1)), secrets.token_hex(8))
    _enrol(office)
    return office


def _enrol(office: Office) -> None:
    now = utc_now()
    hashed = passwords.make_hash(office.password)  # one for all: making a hash is not what is measured
    with Records.open(DataFolder(office.folder).database) as records, records.write() as conn:
        roster.put_setting(conn, "office", "สำนักงานสหกรณ์จังหวัดสมมติ")
        for number, code in enumerate(("B-TRAINER", *office.codes)):
            person_id = accounts.add_person(
                conn,
                code=code,
                name=f"ผู้เรียนคนที่ {number} (สมมติ)",
                roles=("learner",) if number else ("trainer", "learner"),
                at=now,
                entropy=secrets.token_bytes,
            )
            accounts.set_password(conn, person_id, hashed)
            roster.add_entry(
                conn,
                person_id=person_id,
                unit=f"กลุ่มงาน {number // UNIT_SIZE + 1}",
                employment="civil_servant",
                active_from=office_day(now) - timedelta(days=400),
                entropy=secrets.token_bytes,
            )
