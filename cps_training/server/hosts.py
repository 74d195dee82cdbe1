"""Under which names this server answers: the Host header must be one of them (against DNS rebinding). Pure, knows no handler."""

from __future__ import annotations

import socket

from cps_training.config import Config

LOOPBACK = ("127.0.0.1", "localhost", "::1")
EVERYWHERE = ("0.0.0.0", "::", "")


def own_hosts(config: Config) -> frozenset[str]:
    """Names and addresses people may type. Listening everywhere, the machine's own name and addresses are among them."""
    named = {*LOOPBACK, config.host, *config.allowed_hosts}
    if config.host in EVERYWHERE:
        named |= {socket.gethostname(), *_addresses()}
    return frozenset(name.strip("[]").lower() for name in named if name not in EVERYWHERE)


def is_own_host(header: str, allowed: frozenset[str]) -> bool:
    """Whether a Host header (with or without port) names this server."""
    return host_name(header) in allowed


def host_name(header: str) -> str:
    """The name in a Host header: `[::1]:8866` → `::1`, `Kit.Office:80` → `kit.office`."""
    header = header.strip().lower()
    if header.startswith("["):
        return header[1:].partition("]")[0]
    return header.rpartition(":")[0] if header.count(":") == 1 else header


def shown_host(config: Config) -> str:
    """The host for the URL shown to people; brackets around an IPv6 address."""
    host = config.host
    if host in EVERYWHERE:
        host = config.allowed_hosts[0] if config.allowed_hosts else _way_out() or "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def _addresses() -> set[str]:
    """The machine's own addresses, that of the office's network among them."""
    found = {_way_out()} - {""}
    try:
        named = socket.getaddrinfo(socket.gethostname(), None, proto=socket.IPPROTO_TCP)
    except OSError:
        return found
    return found | {str(address[0]).partition("%")[0] for *_, address in named}


def _way_out() -> str:
    """The address other machines see; nothing is sent (a datagram socket only looks up its route)."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address kept for documentation: it exists nowhere
            return str(probe.getsockname()[0])
        except OSError:
            return ""
