// A notebook in the full template: notices a lost kernel or connection and offers a way back, says goodbye when the page is left,
// takes the skeleton away when the widgets are there. Must load before Voilà's own script; knows no widget. Light pages do
// without: what they need of this is in page/.
(() => {
  "use strict";
  const LOST_AFTER_MS = 4000, NEVER_CAME_MS = 30000, LONGEST_STATUS = 4096;
  const GONE = /"execution_state":\s*"(?:dead|restarting|autorestarting)"/;
  const sockets = new Set();
  let lostTimer = 0, isLeaving = false, isGone = false, wasConnected = false;

  const element = (id) => document.getElementById(id);

  function showLost(isLost) {
    const notice = element("shell-lost");
    if (!notice || isLeaving) return;
    notice.hidden = !isLost;
    document.body.classList.toggle("shell-is-lost", isLost);
  }

  function check() {
    clearTimeout(lostTimer);
    if (isGone) showLost(true);
    else if (sockets.size) showLost(false);
    else if (wasConnected) lostTimer = setTimeout(() => showLost(true), LOST_AFTER_MS);
  }

  function hear(data) {
    let text = "";
    if (typeof data === "string") text = data.length < LONGEST_STATUS ? data : "";
    else if (data instanceof ArrayBuffer && data.byteLength < LONGEST_STATUS) text = new TextDecoder().decode(data);
    if (GONE.test(text)) { isGone = true; check(); }
  }

  // Jupyter's connection reconnects silently and never tells the page; so the page listens to the sockets themselves.
  window.WebSocket = class extends window.WebSocket {
    constructor(...given) {
      super(...given);
      if (!String(given[0]).includes("/api/kernels/")) return;
      this.addEventListener("open", () => { sockets.add(this); wasConnected = true; check(); });
      this.addEventListener("close", () => { sockets.delete(this); check(); });
      this.addEventListener("message", (event) => hear(event.data));
    }
  };

  function kernelId() {
    try { return JSON.parse(element("jupyter-config-data").textContent).kernelId; } catch { return ""; }
  }

  function sayGoodbye() {
    isLeaving = true;
    const kernel = kernelId();
    if (!kernel) return;
    const form = new FormData();
    form.append("_xsrf", (document.cookie.match(/(?:^|;\s*)_xsrf=([^;]*)/) || [])[1] || "");
    navigator.sendBeacon(`/voila/api/shutdown/${kernel}`, form);
  }

  addEventListener("pagehide", sayGoodbye);
  // Brought back from the browser's cache its kernel is gone: load it anew.
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  // Voilà's template hooks: nothing is hidden while the page loads, so there is nothing to show at the end.
  window.voila_process = window.voila_finish = window.voila_heartbeat = () => {};

  // An output is a bone of the skeleton until its widget stands there. Jupyter shows a text of its own meanwhile.
  function isDrawn(output) {
    if (output.querySelector('script[type="application/vnd.voila.cell-output+json"]')) return false;
    if (output.textContent.trim().startsWith("Loading widget")) return false;
    return [...output.children].some((child) => child.scrollHeight > 8);
  }

  document.addEventListener("DOMContentLoaded", () => {
    const skeleton = element("shell-loading");
    if (!skeleton) return;
    const outputs = [...document.querySelectorAll(".shell-outputs")];
    const watch = new MutationObserver(look);
    const giveUp = setTimeout(() => { finish(); if (!wasConnected) showLost(true); }, NEVER_CAME_MS);
    function finish() {
      for (const output of outputs) output.dataset.drawn = "yes";
      clearTimeout(giveUp);
      watch.disconnect();
      skeleton.remove();
      element("main").dataset.ready = "yes";
    }
    function look() {
      for (const output of outputs) if (!output.dataset.drawn && isDrawn(output)) output.dataset.drawn = "yes";
      if (outputs.every((output) => output.dataset.drawn)) finish();
    }
    watch.observe(element("main"), { childList: true, subtree: true });
    look();
  });
})();
