"""The server's log file. Whatever a library writes, no query string, cookie, ticket or token reaches it. Knows no handler."""

from __future__ import annotations

import logging
import re
from logging.handlers import RotatingFileHandler

from cps_training.places import DataFolder

MAX_BYTES, BACKUPS = 1_000_000, 5
LONGEST_MESSAGE = 4000
FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
OTHERS = ("tornado", "asyncio", "traitlets", "nbconvert", "nbclient", "jupyter", "KitVoila")
"""Loggers that at DEBUG would write what people answered: they stay at INFO."""

_SECRETS = (
    (re.compile(r"\?[^\s\"'<>]*=[^\s\"'<>]*"), "?…"),
    (re.compile(r"(?i)\b(cookie|set-cookie|authorization)(['\"]?\s*[:=]\s*).*"), r"\1\2…"),
    (
        re.compile(r"(?i)\b(_xsrf|cps_session|cps_ticket|password|ticket|token|secret)(['\"]?\s*[:=]\s*)[^\s,;&}]+"),
        r"\1\2…",
    ),
)


class QuietFormatter(logging.Formatter):
    """Formats a record, traceback included, and takes out what must not be kept."""

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


def redact(text: str) -> str:
    """The text without query strings, cookies, tickets and passwords, and not endless."""
    for pattern, replacement in _SECRETS:
        text = pattern.sub(replacement, text)
    return text if len(text) <= LONGEST_MESSAGE else text[:LONGEST_MESSAGE] + "…"


def _is_news(record: logging.LogRecord) -> bool:
    """Jupyter counts ping times in milliseconds where tornado counts seconds; its warning comes with every page."""
    return "websocket_ping_timeout" not in str(record.msg)


def open_log(folder: DataFolder, level: str) -> logging.Handler:
    """Send everything to logs/server.log (1 MB × 5); the console stays quiet. Gives the handler, to be closed at the end."""
    folder.logs.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(folder.logs / "server.log", maxBytes=MAX_BYTES, backupCount=BACKUPS, encoding="utf-8")
    handler.setFormatter(QuietFormatter(FORMAT))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in OTHERS:
        logging.getLogger(name).setLevel(max(logging.INFO, logging.getLevelName(level)))
    logging.getLogger("tornado.general").addFilter(_is_news)
    logging.captureWarnings(True)
    return handler
