"""`config.toml` of the data folder: every key with its default and meaning. A leaf; knows no server and no store.

Unknown keys and wrong types are refused with their name, so that a typing mistake never passes silently.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import get_type_hints

from cps_training.errors import KitError
from cps_training.thai_text import nearest

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


@dataclass(frozen=True)
class Config:
    """Settings of one office PC. Every field is a key of config.toml (docs/how-to/install-in-an-office.md)."""

    host: str = "127.0.0.1"
    """Address to listen on. Anything but loopback needs tls_cert and tls_key, or insecure_lan = true."""
    port: int = 8866
    """Port; 0 takes any free one."""
    seats: int = 0
    """How many pages may be open at once (one kernel each); 0: as many as the machine's memory holds, 300 at most."""
    tls_cert: str = ""
    """Certificate file (PEM), relative to the folder of config.toml."""
    tls_key: str = ""
    """Private key file (PEM), relative to the folder of config.toml; both or neither."""
    insecure_lan: bool = False
    """Allow plain http on a LAN address; every page says so."""
    allowed_hosts: tuple[str, ...] = ()
    """Host names people type besides the address itself, for example "kit.office.lan"."""
    language: str = "th"
    """Language of pages before sign-in: "th" or "en"."""
    office: str = ""
    """Name of the office shown to trainers."""
    log_level: str = "INFO"
    """Level of logs/server.log: DEBUG, INFO, WARNING or ERROR."""

    @property
    def is_loopback(self) -> bool:
        return self.host in ("127.0.0.1", "localhost", "::1")


def read_config(path: Path) -> Config:
    """The settings in `path`, or the defaults when there is no file. Raises KitError "bad-config" naming the key."""
    if not path.exists():
        return Config()
    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise KitError("bad-config", f"อ่าน {path} ไม่ได้: {error} โปรดแก้ไฟล์ให้เป็นรูปแบบ TOML", place=str(path)) from error
    known = {field.name: get_type_hints(Config)[field.name] for field in fields(Config)}
    values: dict[str, object] = {}
    for key, value in found.items():
        if key not in known:
            hint = nearest(key, tuple(known))
            raise KitError(
                "bad-config",
                f"{path}: ไม่รู้จัก “{key}”" + (f" หมายถึง “{hint}” หรือไม่" if hint else f" ใช้ได้: {', '.join(known)}"),
                place=str(path),
            )
        values[key] = _typed(path, key, value, known[key])
    for key in ("tls_cert", "tls_key"):
        if values.get(key):  # a service starts in another folder than the one the file was written for
            values[key] = str(path.parent / Path(str(values[key])).expanduser())
    config = Config(**values)  # type: ignore[arg-type]
    if bool(config.tls_cert) != bool(config.tls_key):
        lone = "tls_cert" if config.tls_cert else "tls_key"
        raise KitError("bad-config", f"{path}: มี {lone} อย่างเดียว ต้องมี tls_cert กับ tls_key คู่กัน", place=str(path))
    if config.log_level not in LOG_LEVELS:
        raise KitError(
            "bad-config",
            f"{path}: log_level ต้องเป็น {', '.join(LOG_LEVELS)} พบ “{config.log_level}”",
            place=str(path),
        )
    if config.language not in ("th", "en"):
        raise KitError("bad-config", f"{path}: language ต้องเป็น “th” หรือ “en” พบ “{config.language}”", place=str(path))
    if not 0 <= config.port <= 65535 or config.seats < 0:
        raise KitError(
            "bad-config", f"{path}: port ต้องอยู่ใน 0–65535 และ seats ต้องไม่ติดลบ (0 คือให้ระบบกำหนดเอง)", place=str(path)
        )
    return config


def _typed(path: Path, key: str, value: object, kind: object) -> object:
    if kind == tuple[str, ...] and isinstance(value, list) and all(isinstance(v, str) for v in value):
        return tuple(value)
    if isinstance(kind, type) and type(value) is kind:
        return value
    raise KitError("bad-config", f"{path}: ค่าของ “{key}” ผิดชนิด พบ {value!r}", place=str(path))
