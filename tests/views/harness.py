"""A page with a fake widget model: loads a widget's module from a Blob URL, as anywidget does, over http on a name that is not localhost."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from typing import TYPE_CHECKING, Any

from cps_training.views._citing import clause_css
from cps_training.views.assets import SPANS, STATIC, WEIGHTS, font_face, load_css, load_esm
from tests.browser_support import HOST

if TYPE_CHECKING:
    from playwright.sync_api import Page

_FACES = "".join(
    font_face(part, weight, f"/fonts/sarabun-{part}{weight}.woff2") for part in SPANS for weight in WEIGHTS
)

PAGE = f"""<!doctype html><html lang="th"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>harness</title><link rel="icon" href="data:,"><style>{_FACES}
body{{margin:0;background:#f7f6f1}} main{{max-width:720px;margin:0 auto;padding:16px}} main.wide{{max-width:1120px}}
@media (min-width:761px){{main{{padding:24px}}}}
@media (prefers-color-scheme:dark){{body:not([data-jp-theme-light="true"]){{background:#121714}}}}
body[data-jp-theme-light="false"]{{background:#121714}}</style></head><body><main></main><script>
class Model {{
  constructor(state) {{ this.state = state; this.listeners = {{}}; this.sent = []; }}
  get(name) {{ return this.state[name]; }}
  set(name, value) {{ this.state[name] = value; }}
  save_changes() {{ throw new Error("widgets write no state"); }}
  send(content) {{ if (this.broken) throw new Error("no connection"); this.sent.push(JSON.parse(JSON.stringify(content))); }}
  on(event, listener) {{ (this.listeners[event] ??= []).push(listener); }}
  off(event, listener) {{ this.listeners[event] = (this.listeners[event] ?? []).filter((l) => l !== listener); }}
  receive(state) {{ Object.assign(this.state, state); for (const name in state) for (const l of [...(this.listeners["change:" + name] ?? [])]) l(); }}
  count() {{ return Object.values(this.listeners).flat().length; }}
}}
window.model = null;
window.mount = async (esm, css, state) => {{
  const style = document.createElement("style"); style.textContent = css; document.head.append(style);
  const url = URL.createObjectURL(new Blob([esm], {{type: "text/javascript"}}));
  window.widget = (await import(url)).default; window.model = new Model(state);
  window.stop = await window.again();
  await document.fonts.ready;
}};
window.again = async () => {{
  const el = document.createElement("div"); document.querySelector("main").append(el);
  return await widget.render({{model, el, experimental: {{}}}});
}};
</script></body></html>"""


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        name = self.path.removeprefix("/fonts/")
        font = STATIC / "fonts" / name
        if self.path.startswith("/fonts/") and "/" not in name and font.is_file():
            self._give(font.read_bytes(), "font/woff2")
        else:
            self._give(PAGE.encode(), "text/html; charset=utf-8")

    def _give(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served() -> Iterator[str]:
    """The address of the harness page while it is served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _shared(stem: str) -> tuple[str, ...]:
    """The shared parts that the widget of that stem is made with."""
    classes = vars(import_module(f"cps_training.views.{stem}")).values()
    return next(c.shared for c in classes if isinstance(c, type) and c.__dict__.get("stem") == stem)


def mount(page: Page, stem: str, state: dict[str, Any]) -> None:
    """Draw one widget with these traits on the opened harness page."""
    shared = _shared(stem)
    esm, css = load_esm(stem, shared), load_css(stem) + (clause_css() if "_clause" in shared else "")
    page.evaluate("([esm, css, state]) => mount(esm, css, state)", [esm, css, {"locale": "th", **state}])


def receive(page: Page, **state: Any) -> None:
    """Let Python change traits."""
    page.evaluate("(state) => model.receive(state)", state)


def sent(page: Page) -> list[dict[str, Any]]:
    """Every message the widget sent."""
    return page.evaluate("() => model.sent")
