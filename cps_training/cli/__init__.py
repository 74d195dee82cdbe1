"""The command line: thin. Each command reads its options, calls one function below, prints, and sets the exit code.

Exit codes: 0 done, 1 findings or a refusal, 2 misuse. With --json one JSON document on stdout, everything else on stderr.
No traceback reaches the terminal: refusals are printed in Thai with place, cause and remedy.
"""

from __future__ import annotations

import sys
import traceback


def main() -> None:
    """Entry point of `cps-training`."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        from cps_training.cli.app import app  # takes a second: Ctrl-C meanwhile must end quietly too

        app()
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception:
        _keep_for_the_developer(traceback.format_exc())
        sys.exit(1)


def _keep_for_the_developer(trace: str) -> None:
    """An error nobody foresaw: the reader gets one sentence (or JSON), the developer the file it names."""
    from cps_training.cli.app import print_json, say
    from cps_training.places import DataFolder, data_dir

    given = sys.argv[1:]
    path = DataFolder(data_dir(_option("--data-dir", given))).logs / "unforeseen.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(trace, "utf-8")
        message = f"เกิดข้อขัดข้องที่ไม่ได้คาดไว้ ข้อมูลที่บันทึกแล้วยังอยู่ครบ โปรดส่งไฟล์ {path} ให้ผู้ดูแลชุดฝึก"
    except OSError:
        message = f"เกิดข้อขัดข้องที่ไม่ได้คาดไว้ ข้อมูลที่บันทึกแล้วยังอยู่ครบ ({trace.strip().splitlines()[-1]})"
    if "--json" in given:
        print_json({"ok": False, "error": {"code": "unforeseen", "message": message, "place": str(path)}})
    else:
        say(message)


def _option(name: str, words: list[str]) -> str | None:
    """The value of an option in the words of a command, written `--name value` or `--name=value`."""
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if word == name:
            return following or None
        if word.startswith(name + "="):
            return word.partition("=")[2] or None
    return None


__all__ = ["main"]
