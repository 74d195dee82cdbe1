"""The certificate pages are served with over https: loads it, and tells its names and its last day. Knows no handler.

What a certificate says is learnt by greeting it in memory, as a browser would; no library beside Python's own is needed.
"""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cps_training.config import Config
from cps_training.errors import KitError

ENDED = 10
"""OpenSSL's X509_V_ERR_CERT_HAS_EXPIRED."""


@dataclass(frozen=True)
class Certificate:
    """names: host names and addresses it is good for, as in its subjectAltName. last_at: when it ends, UTC."""

    names: tuple[str, ...]
    last_at: datetime

    def covers(self, host: str) -> bool:
        """Whether browsers accept it for this host name or address (a `*.` name covers one label)."""
        host = host.strip("[]").lower()
        wildcard = "*." + host.partition(".")[2]
        return any(name.lower() in (host, wildcard) for name in self.names)


def tls_context(config: Config) -> ssl.SSLContext | None:
    """How to serve https; None without a certificate. Raises KitError bad-certificate naming the two files."""
    if not config.tls_cert:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    try:
        context.load_cert_chain(config.tls_cert, config.tls_key or None)
    except (OSError, ssl.SSLError) as error:
        raise _bad(config, str(error)) from error
    return context


def certificate(config: Config) -> Certificate | None:
    """What the certificate says; None without one. Raises KitError bad-certificate, certificate-ended."""
    serving = tls_context(config)
    if serving is None:
        return None
    asking = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    asking.check_hostname = False
    # The certificate stands for itself: whom it was signed by is the browsers' business.
    asking.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    asking.verify_flags &= ~ssl.VERIFY_X509_STRICT
    asking.load_verify_locations(config.tls_cert)
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    server = serving.wrap_bio(to_server, to_client, server_side=True)
    client = asking.wrap_bio(to_client, to_server)
    try:
        for side in (client, server, client):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                continue
        found = client.getpeercert() or {}
    except ssl.SSLError as error:
        if getattr(error, "verify_code", 0) == ENDED:
            raise KitError(
                "certificate-ended",
                f"ใบรับรอง {config.tls_cert} หมดอายุแล้ว เบราว์เซอร์จะไม่ยอมเปิดหน้า โปรดออกใบรับรองใหม่",
                place=config.tls_cert,
            ) from error
        raise _bad(config, getattr(error, "verify_message", "") or str(error)) from error
    alternatives: Any = found.get("subjectAltName", ())
    names = tuple(str(value) for kind, value in alternatives if kind in ("DNS", "IP Address"))
    last = ssl.cert_time_to_seconds(str(found["notAfter"]))
    return Certificate(names, datetime.fromtimestamp(last, UTC))


def _bad(config: Config, reason: str) -> KitError:
    return KitError(
        "bad-certificate",
        f"ใช้ใบรับรอง {config.tls_cert} กับกุญแจ {config.tls_key} ไม่ได้ ({reason}) ตรวจ tls_cert และ tls_key ใน config.toml",
        place=config.tls_cert,
    )
