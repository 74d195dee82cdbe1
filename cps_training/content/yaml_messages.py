"""The YAML parser's own English complaints, said in Thai with the usual remedy. Knows no model and no file."""

from __future__ import annotations

from typing import Any

_QUOTE = 'ถ้าเป็นข้อความ ให้ครอบทั้งข้อความด้วยเครื่องหมายคำพูด "…"'

# First match wins; the words are those of libyaml and of PyYAML's own parser.
_EXPLANATIONS: tuple[tuple[str, str], ...] = (
    ("mapping values are not allowed", f"มีเครื่องหมาย “: ” เกินมา หรือเยื้องบรรทัดไม่ตรงกับช่องข้างบน {_QUOTE}"),
    ("\\t", "ใช้แท็บเยื้องบรรทัดไม่ได้ ให้ใช้ช่องว่าง 2 ช่องต่อชั้น"),
    ("tab character", "ใช้แท็บเยื้องบรรทัดไม่ได้ ให้ใช้ช่องว่าง 2 ช่องต่อชั้น"),
    ("could not find expected ':'", f"บรรทัดนี้ไม่มีเครื่องหมาย “: ” หลังชื่อช่อง หรือเยื้องน้อยไป {_QUOTE}"),
    ("document indicator", "เครื่องหมายคำพูดเปิดแล้วไม่ได้ปิดก่อนถึงบรรทัด --- หรือ ... ให้เติมเครื่องหมายปิด"),
    ("end of stream", "เครื่องหมายคำพูดหรือวงเล็บเปิดแล้วไม่ได้ปิด ให้เติมเครื่องหมายปิดให้ครบ"),
    ("escape", "มี \\ ในเครื่องหมายคำพูดคู่ที่อ่านไม่ออก ให้เขียน \\\\ หรือใช้เครื่องหมายคำพูดเดี่ยว '…'"),
    ("',' or ']'", f"รายการใน [ ] ขาดเครื่องหมาย , หรือวงเล็บปิด ] {_QUOTE}"),
    ("',' or '}'", f"ช่องใน {{ }} ขาดเครื่องหมาย , หรือวงเล็บปิด }} {_QUOTE}"),
    ("undefined alias", "อ้างชื่อที่ไม่ได้ตั้งไว้ ไม่ใช้การอ้างซ้ำ * ให้เขียนข้อความเต็ม"),
    ("tag", f"เครื่องหมาย ! หน้าข้อความมีความหมายพิเศษใน YAML {_QUOTE}"),
    ("alias", f"เครื่องหมาย * หรือ & หน้าข้อความมีความหมายพิเศษใน YAML {_QUOTE}"),
    ("anchor", f"เครื่องหมาย * หรือ & หน้าข้อความมีความหมายพิเศษใน YAML {_QUOTE}"),
    ("cannot start any token", f"ขึ้นต้นด้วยเครื่องหมายที่มีความหมายพิเศษใน YAML (เช่น % @ `) {_QUOTE}"),
    ("sequence entries are not allowed", f"เครื่องหมาย - อยู่ผิดที่ ถ้าเป็นรายการ ให้ขึ้นบรรทัดใหม่และเยื้องให้ตรงกัน {_QUOTE}"),
    ("did not find expected '-'", "รายการนี้ไม่ได้ขึ้นต้นด้วย “- ” หรือเยื้องไม่ตรงกับรายการอื่น ให้จัดให้ตรงกัน"),
    ("expected key", "เยื้องบรรทัดไม่ตรงกับช่องอื่นในชั้นเดียวกัน หรือมีข้อความเกินหลังเครื่องหมายคำพูดปิด ให้จัดให้ตรงกัน"),
    ("block end", "เยื้องบรรทัดไม่ตรงกับช่องอื่นในชั้นเดียวกัน หรือมีข้อความเกินหลังเครื่องหมายคำพูดปิด ให้จัดให้ตรงกัน"),
    ("document start", f"มีข้อความต่อท้ายที่ไม่เข้ากับโครงของไฟล์ ให้จัดการเยื้องใหม่ {_QUOTE}"),
    ("line break", "หลัง | หรือ > ต้องขึ้นบรรทัดใหม่ก่อนเริ่มข้อความ ให้ย้ายข้อความไปบรรทัดถัดไปและเยื้องเข้า"),
    ("node content", f"ตรงนี้ควรเป็นข้อความ แต่พบเครื่องหมายที่มีความหมายพิเศษใน YAML {_QUOTE}"),
    ("found unexpected ':'", f"มีเครื่องหมาย : ในข้อความที่ไม่ได้ใส่เครื่องหมายคำพูด {_QUOTE}"),
    ("mapping keys are not allowed", f"เครื่องหมาย ? มีความหมายพิเศษใน YAML หรือเยื้องบรรทัดไม่ตรง {_QUOTE}"),
    ("directive", f"บรรทัดที่ขึ้นต้นด้วย % มีความหมายพิเศษใน YAML {_QUOTE}"),
)


_LEFT_OPEN = ("end of stream", "',' or ']'", "',' or '}'")


def mark_of(error: Any) -> Any:
    """The parser's mark to show: where a quote or bracket was opened when that is what is wrong; None without any."""
    problem = str(getattr(error, "problem", None) or "")
    problem_mark, context_mark = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    is_left_open = any(words in problem for words in _LEFT_OPEN)
    return (context_mark if is_left_open else None) or problem_mark or context_mark


def explain_syntax(error: Any) -> str:
    """What a yaml.YAMLError means to an author, in Thai, with the remedy."""
    problem = str(getattr(error, "problem", None) or "")
    context = str(getattr(error, "context", None) or "")
    for said in (problem, context):
        for words, explanation in _EXPLANATIONS:
            if words in said:
                return explanation
    detail = problem or context or type(error).__name__
    return f"อ่านเป็น YAML ไม่ได้ ({detail}) ให้ตรวจการเยื้องบรรทัดและเครื่องหมายคำพูดแถวนี้"
