// A page from start to end: asks the kernel for its cells, shows them, tells of a lost connection, says goodbye.
// Knows no widget: `views` are those of the file that this one is part of.
import { allOf, noticeOf, stageOf } from "./boxes.js";
import { Model, isSame, putBuffers } from "./models.js";
import { freshId, wireTo } from "./wire.js";

const NEVER_CAME_MS = 30000;

function openPage({ kernel, lost_after_ms }) {
  const models = new Map(), shown = new Map();
  const neverTimer = setTimeout(showLost, NEVER_CAME_MS, true);
  let comm, lostTimer, isReturning = false;

  const wire = wireTo(kernel, {
    opened: () => wire.greet("comm_open", { comm_id: (comm = freshId()), target_name: "cps.page", data: {} }),
    heard,
    lost: () => (lostTimer ||= setTimeout(showLost, lost_after_ms, true)),
    over: () => (isReturning ? location.reload() : showLost(true)),
  });
  wire.connect(); // before all else
  const stage = stageOf(views, models, leaveLast);
  const say = (comm_id, data, buffers) => wire.say("comm_msg", { comm_id, data }, buffers);
  const link = { say, isThrough: wire.isThrough, manager: stage.manager };
  leaveLast();
  addEventListener("pageshow", ({ persisted }) => {
    isReturning = persisted; // from the browser's memory, after the goodbye that ended its kernel
    wire.hurry();
  });
  addEventListener("online", () => wire.hurry(true));
  document.addEventListener("visibilitychange", () => document.hidden || wire.hurry());

  // --- what the kernel says ---
  function heard({ type, content, buffers, parent }) {
    const { comm_id, data } = content, model = models.get(comm_id);
    if (type === "comm_msg" && comm_id === comm && data.method === "page") takePage(data, buffers);
    else if (type === "comm_msg") model?.hear(() => tell(model, data, buffers, parent));
    else if (type === "comm_close" && model) close(model);
    else if (type === "comm_open" && content.target_name === "jupyter.widget") {
      putBuffers(data.state, data.buffer_paths, buffers);
      if (model) model.update(data.state);
      else stage.bind(add(comm_id, data.state._model_name, data.state));
    } else if (type === "status" && content.execution_state === "dead") wire.end();
  }

  function tell(model, { method, content, state, buffer_paths }, buffers, parent) {
    if (method === "custom") return model.trigger("msg:custom", content, buffers);
    putBuffers(state, buffer_paths, buffers);
    model.update(state, method === "echo_update" && parent());
  }

  function add(id, kind, state) {
    models.set(id, new Model(id, kind, state, link));
    return models.get(id);
  }

  function close(model) {
    models.delete(model.model_id);
    stage.close(model);
  }

  /** The whole page: at first, and again when the connection is back. */
  function takePage({ cells, states, buffer_paths }, buffers) {
    const all = Object.entries(states);
    putBuffers(Object.fromEntries(all.map(([id, { state }]) => [id, state])), buffer_paths, buffers);
    const known = all.filter(([id]) => models.has(id)), fresh = all.filter(([id]) => !models.has(id));
    for (const model of fresh.map(([id, one]) => add(id, one.model_name, one.state))) stage.bind(model);
    for (const [id, { state }] of known) models.get(id).restore(state);
    for (const model of [...models.values()]) if (!Object.hasOwn(states, model.model_id)) close(model);
    draw(cells);
    wire.through();
    for (const model of models.values()) model.save_changes(); // before the messages: they may speak of it
    wire.flush((id) => models.has(id));
    [neverTimer, lostTimer].forEach(clearTimeout);
    lostTimer = 0;
    isReturning = false;
    showLost(false);
  }

  // --- what is shown ---
  function draw(cells) {
    const main = document.getElementById("main"), empty = { outputs: [], failed: false };
    const drawn = Array.from(main.querySelectorAll(".shell-outputs[data-cell]"), (place) => fill(place, cells.find(({ id }) => id === place.dataset.cell) ?? empty));
    const ready = () => void (main.dataset.ready = "yes");
    if (allOf(drawn)) allOf(drawn).then(ready);
    else ready();
  }

  /** A cell that already shows what it should keeps its views, and with them what was typed. */
  function fill(place, cell) {
    const before = shown.get(place);
    if (before && isSame(before.cell, cell)) return undefined;
    for (const view of before?.views ?? []) view.remove();
    place.replaceChildren(...(cell.failed ? [noticeOf("cps-failed")] : []));
    place.removeAttribute("aria-busy");
    place.dataset.drawn = "yes"; // not later: what is drawn may want the focus
    place.hidden = !cell.failed && !cell.outputs.length;
    const { views, drawn } = stage.show(place, cell.failed ? [] : cell.outputs);
    shown.set(place, { cell, views });
    return drawn;
  }

  // --- whether there is a connection ---
  function showLost(isLost) {
    document.getElementById("shell-lost").hidden = !isLost;
    document.body.classList.toggle("shell-is-lost", isLost);
  }

  // --- goodbye ---
  function leave() {
    const form = new FormData();
    form.append("_xsrf", /(?:^|;\s*)_xsrf=([^;]*)/.exec(document.cookie)?.[1] ?? "");
    navigator.sendBeacon(`/voila/api/shutdown/${kernel}`, form);
    wire.drop();
  }

  /** After the views' own goodbyes: what they still have to say leaves first. */
  function leaveLast() {
    removeEventListener("pagehide", leave);
    addEventListener("pagehide", leave);
  }
}

function start() {
  const given = document.getElementById("cps-page");
  if (given) openPage(JSON.parse(given.textContent));
}

// An async script may be here before all places are.
if (document.readyState === "loading") document.addEventListener("readystatechange", start, { once: true });
else start();
