"""A store as the first released kit left it (schema 0001), for whoever tests an upgrade.

python -m tests.older_store <path of the database>
"""

from __future__ import annotations

import sys
from pathlib import Path

from alembic import command
from sqlalchemy import create_engine

from cps_training.records import migrating

FIRST = "0001"
ROWS = """
INSERT INTO person VALUES ('p1', 'A001', 'a001', 'สมชาย ตัวอย่าง', 'th', NULL, 0, '2026-03-02 05:00:00.000000');
INSERT INTO person_role VALUES ('p1', 'learner');
INSERT INTO roster_entry VALUES ('e1', 'p1', 'กลุ่ม 1', 'civil_servant', 0, '2026-03-01', NULL);
INSERT INTO setting VALUES ('office', '"สำนักงานสหกรณ์จังหวัดสมมติ"');
INSERT INTO item_version VALUES ('cps-old-item', 'v1', '{}');
INSERT INTO attempt VALUES
  ('t1', 'p1', 'cps-practice', 1, 'practice', x'00', '[]', NULL, '2026-03-02 05:00:00.000000', 'served');
INSERT INTO step VALUES
  ('t1', 1, 'answer', 'answer-0001', '2026-03-02 05:01:00.000000', 'cps-old-item', 'v1', '{"choice": "a"}');
INSERT INTO step VALUES ('t1', 2, 'finish', 'answer-0002', '2026-03-02 05:02:00.000000', NULL, NULL, NULL);
"""


def make(path: Path) -> None:
    """Write the database: one person on the roster who answered once and finished."""
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as conn:
        command.upgrade(migrating._config(conn), FIRST)
        for row in ROWS.strip().split(";\n"):
            conn.exec_driver_sql(row)
    engine.dispose()


if __name__ == "__main__":
    make(Path(sys.argv[1]))
