"""Who is asking: a signed random cookie → the desk's WhoIs, at every request. No token, header or query signs anybody in.

Knows no password and no store. Kernels belong to the session that opened them, see KitAuthorizer.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyter_server.auth.authorizer import Authorizer
from jupyter_server.auth.identity import IdentityProvider, User
from traitlets import Unicode

from cps_training.desk.protocol import Slide, WhoIs

if TYPE_CHECKING:
    from cps_training.server.parts import Parts

SESSION_COOKIE = "cps_session"
LOCALE_COOKIE = "cps_locale"
SECRET_BYTES = 48
OLDEST_COOKIE_DAYS = 31.0
"""How long a signature is believed; the desk ends sessions much earlier, and a sliding one is signed anew."""


@dataclass
class KitUser(User):
    """Somebody signed in. username is the random person_id; session_hash names the session without being able to use it."""

    roles: tuple[str, ...] = ()
    locale: str = "th"
    office: str = ""
    session_hash: str = ""
    must_choose_password: bool = False
    token: str = field(default="", repr=False)


def cookie_secret(folder: Path) -> bytes:
    """The key that signs cookies, kept in `folder` so that people stay signed in over a restart.

    Comes to its name whole or not at all: half a key left by a power cut would be guessable. One that is too short is
    made anew, and people sign in again.
    """
    path = folder / "cookie-secret"
    if path.exists() and path.stat().st_size >= SECRET_BYTES:
        return path.read_bytes()
    partial = path.with_name(path.name + ".partial")
    partial.unlink(missing_ok=True)
    with open(partial, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as handle:
        handle.write(secrets.token_bytes(SECRET_BYTES))
        handle.flush()
        os.fsync(handle.fileno())
    os.replace(partial, path)
    return path.read_bytes()


def read_session(handler: Any) -> tuple[str, int]:
    """(session token, max-age in seconds or 0) of the cookie; ("", 0) without a valid one."""
    raw = handler.get_signed_cookie(SESSION_COOKIE, max_age_days=OLDEST_COOKIE_DAYS)
    max_age, _, token = (raw or b"").decode("utf-8", "replace").partition(":")
    return (token, int(max_age)) if token and max_age.isdigit() else ("", 0)


def write_session(handler: Any, token: str, max_age: int | None) -> None:
    """Set the cookie. max_age None: it ends with the browser (shared devices)."""
    options: dict[str, Any] = {"path": "/", "httponly": True, "samesite": "Lax"}
    if handler.request.protocol == "https":
        options["secure"] = True
    if max_age:
        options["max_age"] = max_age
    handler.set_signed_cookie(SESSION_COOKIE, f"{max_age or 0}:{token}", expires_days=None, **options)


class KitIdentityProvider(IdentityProvider):
    """Asks the desk. Its `parent` is the application, which carries the Parts."""

    token = Unicode("")

    def __init__(self, **given: Any) -> None:
        for forced in ("token", "login_handler_class"):  # Voilà passes both; there is neither here
            given.pop(forced, None)
        super().__init__(**given)

    auth_enabled = True
    login_available = True

    @property
    def _parts(self) -> Parts:
        parts: Parts = self.parent.parts
        return parts

    async def get_user(self, handler: Any) -> KitUser | None:
        """The person of this request. Raises KitError desk-unreachable when nobody can be asked."""
        known = getattr(handler, "_jupyter_current_user", None)
        if known is not None:
            return known
        token, max_age = read_session(handler)
        if not token:
            return None
        said = await self._parts.desk.ask(WhoIs(session=token))
        person = said.get("person")
        if not person:
            return None
        if said.get("needs_slide"):
            await self._parts.desk.ask(Slide(session_hash=said["session_hash"]))
            if max_age and handler.request.headers.get("Upgrade", "").lower() != "websocket":
                write_session(handler, token, max_age)
        return KitUser(
            username=person["person_id"],
            name=person["name"],
            roles=tuple(person["roles"]),
            locale=person["locale"],
            office=person["office"],
            session_hash=said["session_hash"],
            must_choose_password=person["must_choose_password"],
            token=token,
        )

    def get_user_token(self, _: Any) -> None:
        return None

    def is_token_authenticated(self, _: Any) -> bool:
        return False  # so that XSRF and origin checks are never skipped

    def get_handlers(self) -> list[Any]:
        return []


class KitAuthorizer(Authorizer):
    """Only kernels, and only one's own: the session that opened the page may read it and speak to it, nobody else."""

    def is_authorized(self, handler: Any, user: Any, action: str, resource: str) -> bool:
        if resource != "kernels" or action not in ("read", "execute") or not isinstance(user, KitUser):
            return False
        kernel_id = handler.path_kwargs.get("kernel_id")
        owner = handler.kernel_manager.owner_of(kernel_id) if kernel_id else None
        return owner is not None and owner == user.session_hash
