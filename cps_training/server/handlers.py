"""Our own pages: sign-in, the first trainer, choosing a password, language, sign-out, health, files of the shell.

Every form carries XSRF; every refusal comes back as the same form with a Thai sentence. Knows no store and no kernel code.
"""

from __future__ import annotations

import asyncio
from typing import Any

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.base.handlers import JupyterHandler
from tornado import web

from cps_training import __version__
from cps_training.desk import protocol as p
from cps_training.errors import KitError
from cps_training.i18n import LOCALES
from cps_training.server.assets import PREFIX
from cps_training.server.identity import LOCALE_COOKIE, SESSION_COOKIE, write_session
from cps_training.server.web import FILE_POLICY, Shielded

LONGEST_FIELD = 200
HEALTH_SECONDS = 5.0


class KitHandler(Shielded, JupyterHandler):
    """Base of our own pages: the person is known, forms are checked."""

    def _(self, message: str) -> str:
        return self.parts.translator(self.page_locale)(message)

    def field(self, name: str, *, longest: int = LONGEST_FIELD) -> str:
        """A field of the form; too long or repeated ones are cut to the last."""
        return self.get_body_argument(name, "", strip=name != "password")[:longest]

    def next_path(self, wanted: str) -> str:
        """Where to go after a form: only a page of ours, else the landing page."""
        return self.parts.pages.safe_next(wanted) or "/"

    def show(self, template: str, *, status: int = 200, **values: Any) -> None:
        self.set_status(status)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(self.render_page(template, **values))

    async def enter(self, opened: dict[str, Any], wanted: str) -> None:
        """Somebody signed in: the old session's pages end, the cookie is set, the language follows the person."""
        if self.person is not None:
            await self.kernel_manager.end_session(self.person.session_hash)
        write_session(self, opened["session"], opened["max_age"])
        self.redirect("/password" if opened["must_choose_password"] else self.next_path(wanted), status=303)


class SignIn(KitHandler):
    """GET the form, POST code and password."""

    @allow_unauthenticated
    async def get(self) -> None:
        wanted = self.get_query_argument("next", "")
        if self.person is not None:
            self.redirect(self.next_path(wanted))
            return
        await self._form(wanted)

    @allow_unauthenticated
    async def post(self) -> None:
        code, password, wanted = self.field("code"), self.field("password"), self.field("next", longest=1000)
        is_shared = self.field("shared") == "yes"
        if not code or not password:
            await self._form(wanted, 400, code, is_shared, self._("กรอกรหัสเจ้าหน้าที่และรหัสผ่านให้ครบทั้งสองช่อง"))
            return
        try:
            opened = await self.parts.desk.ask(
                p.SignIn(code=code, password=password, address=self.request.remote_ip or "", is_shared_device=is_shared)
            )
        except KitError as error:
            if error.code not in ("not-accepted", "too-many-tries"):
                raise
            status = 429 if error.code == "too-many-tries" else 401
            await self._form(wanted, status, code, is_shared, self._(error.message))
            return
        await self.enter(opened, wanted)

    async def _form(
        self, wanted: str, status: int = 200, code: str = "", is_shared: bool = False, problem: str = ""
    ) -> None:
        situation = await self.parts.desk.ask(p.Situation())
        if situation["needs_setup"] and not situation["demo"]:
            self.redirect("/first-trainer")
            return
        self.show(
            "sign_in.html",
            status=status,
            code=code,
            is_shared=is_shared,
            problem=problem,
            people=situation["people"],
            office=situation["office"],
            next_path=self.parts.pages.safe_next(wanted) or "",
        )


class DemoSignIn(KitHandler):
    """One click in a demo; the desk refuses it elsewhere."""

    @allow_unauthenticated
    async def post(self) -> None:
        try:
            opened = await self.parts.desk.ask(p.DemoSignIn(person_id=self.field("person_id")))
        except KitError as error:
            if error.code != "not-a-demo":
                raise
            raise web.HTTPError(403) from error
        await self.enter(opened, self.field("next", longest=1000))


class FirstTrainer(KitHandler):
    """The first visitor of a new office makes the trainer's account with the code from the terminal."""

    @allow_unauthenticated
    async def get(self) -> None:
        if not await self._is_wanted():
            self.redirect("/sign-in")
            return
        self._form()

    @allow_unauthenticated
    async def post(self) -> None:
        setup, code, name = self.field("setup_code"), self.field("code"), self.field("name")
        password = self.field("password")
        if not (setup and code and name and password):
            self._form(400, setup, code, name, self._("กรอกให้ครบทุกช่อง"))
            return
        if password != self.field("again_password"):
            self._form(400, setup, code, name, self._("รหัสผ่านทั้งสองช่องไม่เหมือนกัน พิมพ์ใหม่ทั้งสองช่อง"))
            return
        message = p.FirstTrainer(
            setup_code=setup, code=code, name=name, password=password, address=self.request.remote_ip or ""
        )
        try:
            opened = await self.parts.desk.ask(message)
        except KitError as error:
            if error.code == "already-set-up":
                self.redirect("/sign-in", status=303)
                return
            if error.code == "desk-unreachable":
                raise
            self._form(429 if error.code == "too-many-tries" else 400, setup, code, name, self._(error.message))
            return
        await self.enter(opened, "/")

    async def _is_wanted(self) -> bool:
        situation = await self.parts.desk.ask(p.Situation())
        return bool(situation["needs_setup"]) and not situation["demo"]

    def _form(self, status: int = 200, setup: str = "", code: str = "", name: str = "", problem: str = "") -> None:
        self.show("first_trainer.html", status=status, setup=setup, code=code, name=name, problem=problem)


class Password(KitHandler):
    """Choose a password: asked for after a one-time code, offered in the menu."""

    async def get(self) -> None:
        self._form()

    async def post(self) -> None:
        person, password = self.person, self.field("password")
        if person is None:
            raise web.HTTPError(403)
        if password != self.field("again_password"):
            self._form(400, self._("รหัสผ่านทั้งสองช่องไม่เหมือนกัน พิมพ์ใหม่ทั้งสองช่อง"))
            return
        try:
            await self.parts.desk.ask(p.ChoosePassword(session=person.token, password=password))
        except KitError as error:
            if error.code != "weak-password":
                raise
            self._form(400, self._(error.message))
            return
        self.redirect("/", status=303)

    def _form(self, status: int = 200, problem: str = "") -> None:
        self.show("password.html", status=status, problem=problem)


class SignOut(KitHandler):
    """Ends the session at the desk and this session's pages."""

    async def post(self) -> None:
        if self.person is not None:
            await self.parts.desk.ask(p.SignOut(session=self.person.token))
            await self.kernel_manager.end_session(self.person.session_hash)
        self.clear_cookie(SESSION_COOKIE, path="/")
        self.redirect("/sign-in", status=303)


class Locale(KitHandler):
    """The language switch: kept with the person, before sign-in in a cookie."""

    @allow_unauthenticated
    async def post(self) -> None:
        locale = self.field("locale")
        if locale not in LOCALES:
            raise web.HTTPError(400)
        if self.person is not None:
            await self.parts.desk.ask(p.SetLocale.model_validate({"session": self.person.token, "locale": locale}))
        self.set_cookie(LOCALE_COOKIE, locale, path="/", samesite="Lax", httponly=True, expires_days=365)
        wanted = self.field("next", longest=1000)
        own = ("/sign-in", "/first-trainer", "/password")
        self.redirect(wanted if wanted in own else self.next_path(wanted), status=303)


class Landing(KitHandler):
    """The address without a path leads to the first page of one's menu."""

    async def get(self) -> None:
        assert self.person is not None
        wants_password = self.person.must_choose_password
        self.redirect("/password" if wants_password else self.parts.pages.landing(self.person.roles))


class Seat(KitHandler):
    """A page that waits for a seat asks how far it has come; asking keeps its place."""

    async def get(self) -> None:
        if self.person is None:
            raise web.HTTPError(403)
        place, is_free = self.kernel_manager.reservations.wait_for_seat(self.person.session_hash)
        self.finish({"place": place, "is_free": is_free})


class Healthz(Shielded):
    """For whoever watches the machine: no sign-in, nothing personal."""

    async def get(self) -> None:
        try:
            await asyncio.wait_for(self.parts.desk.ask(p.Health()), HEALTH_SECONDS)
            status = "ok"
        except (KitError, TimeoutError):
            status = "desk-down"
            self.set_status(503)
        self.finish({"status": status, "version": __version__})


class AssetFile(Shielded):
    """A file that pages load; its address names its content, so it may be kept for a year."""

    policy = FILE_POLICY

    def get(self, address: str) -> None:
        asset = self.parts.assets.files.get(address)
        if asset is None:
            raise web.HTTPError(404)
        body, encoding = asset.sent(self.request.headers.get("Accept-Encoding", ""))
        if encoding:
            self.set_header("Content-Encoding", encoding)
        self.set_header("Cache-Control", "public, max-age=31536000, immutable")
        self.set_header("Content-Type", asset.kind)
        self.finish(body)

    def compute_etag(self) -> None:
        """Nothing to ask again for: another content has another address."""


class Favicon(Shielded):
    """Browsers ask for it by this name."""

    def get(self) -> None:
        self.redirect(self.parts.assets.urls["icon.svg"], permanent=False)


OWN_ROUTES: list[tuple[str, type[web.RequestHandler]]] = [
    (r"/", Landing),
    (r"/sign-in", SignIn),
    (r"/demo/sign-in", DemoSignIn),
    (r"/first-trainer", FirstTrainer),
    (r"/password", Password),
    (r"/sign-out", SignOut),
    (r"/locale", Locale),
    (r"/seat", Seat),
    (r"/healthz", Healthz),
    (r"/favicon\.ico", Favicon),
    (PREFIX + r"([\w.-]+)", AssetFile),
]
