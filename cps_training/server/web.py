"""What every answer of this server has in common: security headers, error pages for people, quiet logs. Knows no page.

Stock handlers get it by putting `Shielded` first among their bases.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from tornado import httputil, web

from cps_training.errors import KitError
from cps_training.i18n import LOCALES, Translator
from cps_training.server.identity import LOCALE_COOKIE, KitUser
from cps_training.server.words import role_label

if TYPE_CHECKING:
    from cps_training.server.parts import Parts

log = logging.getLogger("cps_training.server.web")

FILE_POLICY = "default-src 'none'; frame-ancestors 'none'"
"""For files that pages load: whoever opens one by itself gets text or a picture, nothing that runs."""
ALWAYS = "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
OWN_FILES = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
"""Nothing but files of this server and pictures inside them. No script and no style sheet within a page runs or counts."""
PLAIN_POLICY = OWN_FILES + ALWAYS
"""For our own pages."""
LIGHT_POLICY = OWN_FILES + "style-src-attr 'unsafe-inline'; " + ALWAYS
"""For pages with our widgets: bars and charts carry their lengths in style attributes, which can neither load nor run anything.

'self' covers the websocket in every browser that can draw the widgets (Chrome 71, Firefox 62, Safari 16; container queries ask for
more than that), so no ws: stands here, which would let a page talk to any machine.
"""
NOTEBOOK_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; font-src 'self' data:; style-src 'self' 'unsafe-inline'; "
    "script-src 'self' blob:; worker-src 'self' blob:; connect-src 'self' ws: wss:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
"""For pages of the full template: its widgets' modules are blobs and bring their own styles. Inline scripts run nowhere."""

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}


TROUBLE = frozenset(("desk-unreachable", "not-saved", "internal", "ticket-refused"))
"""Refusals of the desk that are nobody's mistake at the keyboard: shown as "not right now"."""


class Shielded(web.RequestHandler):
    """Mixin. `settings["parts"]` holds the Parts."""

    policy = PLAIN_POLICY

    @property
    def parts(self) -> Parts:
        parts: Parts = self.settings["parts"]
        return parts

    def set_default_headers(self) -> None:
        for name, value in HEADERS.items():
            self.set_header(name, value)
        self.set_header("Content-Security-Policy", self.policy)
        self.set_header("Cache-Control", "no-store")
        self.set_header("Server", "cps-training")

    @property
    def person(self) -> KitUser | None:
        """The signed-in person, once prepare() has asked; never raises."""
        user = getattr(self, "_jupyter_current_user", None)
        return user if isinstance(user, KitUser) else None

    @property
    def page_locale(self) -> str:
        """The person's language; before sign-in the cookie's, else the office's."""
        if self.person is not None:
            return self.person.locale
        chosen = self.get_cookie(LOCALE_COOKIE)
        return chosen if chosen in LOCALES else self.parts.config.language

    def _request_summary(self) -> str:
        return f"{self.request.method} {self.request.path}"

    def log_exception(self, typ: Any, value: BaseException | None, tb: Any) -> None:
        if isinstance(value, web.HTTPError):
            log.info("%s: %s", self._request_summary(), value.status_code)
        elif isinstance(value, KitError):
            log.warning("%s: %s", self._request_summary(), value.code)
        else:
            log.error("%s failed", self._request_summary(), exc_info=(typ, value, tb))  # type: ignore[arg-type]

    def send_error(self, status_code: int = 500, **given: Any) -> None:
        error = given.get("exc_info", (None, None))[1]
        if isinstance(error, KitError):
            is_trouble = error.code.startswith("store-") or error.code in TROUBLE
            status_code = 503 if is_trouble else 400
        super().send_error(status_code, **given)

    def write_error(self, status_code: int, **_: Any) -> None:
        """A page in the reader's language with a way back; what went wrong inside stays in the log."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(self.render_page("error.html", status=status_code))

    def render_page(self, template: str, **values: Any) -> str:
        """One of our own pages in the reader's language."""
        parts, locale = self.parts, self.page_locale
        return parts.templates.render(template, **self.shell_values(parts.translator(locale), locale), **values)

    def shell_values(self, _: Translator, locale: str) -> dict[str, Any]:
        """What the shell around every page shows. xsrf sets the cookie, which the page's script needs to say goodbye."""
        parts, person = self.parts, self.person
        roles = person.roles if person else ()
        page = parts.pages.by_path.get(self.request.path)
        return {
            "_": _,
            "locale": locale,
            "urls": parts.assets.urls,
            "person": person,
            "office_name": person.office if person else "",
            "menu": parts.pages.menu(roles),
            "section": page.section if page and person and page.is_for(roles) else "",
            "role": _(role_label(roles)) if person else "",
            "role_label": role_label,
            "here": parts.pages.safe_next(self.request.uri or "") or "/",
            "xsrf": self.xsrf_token.decode(),
            "is_demo": parts.is_demo,
            "is_unprotected": parts.is_unprotected,
        }


class HostRefused(Shielded):
    """Answers whatever comes under a name that is not ours."""

    def prepare(self) -> None:
        raise web.HTTPError(400)


class NotFound(Shielded):
    """Every path that is in no table. Knows nobody: a stranger and a learner get the same page."""

    def prepare(self) -> None:
        raise web.HTTPError(404)


def quiet_access_log(handler: web.RequestHandler) -> None:
    """Method, path, status and time of a request; no address, no query, no cookie."""
    status = handler.get_status()
    level = logging.ERROR if status >= 500 else logging.INFO if status >= 400 else logging.DEBUG
    took = 1000 * handler.request.request_time()
    log.log(level, "%s %s %d %.0f ms", handler.request.method, handler.request.path, status, took)


class KitApplication(web.Application):
    """Refuses foreign Host headers before any handler is chosen."""

    def find_handler(self, request: httputil.HTTPServerRequest, **given: Any) -> Any:
        from cps_training.server.hosts import is_own_host

        if not is_own_host(request.headers.get("Host", ""), self.settings["parts"].hosts):
            return self.get_handler_delegate(request, HostRefused)
        return super().find_handler(request, **given)
