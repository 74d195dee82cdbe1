// Models put into the page: a widget's views, boxes that keep what stays, outputs that are text. Knows no connection.
import { modelFor } from "./models.js";

const WIDGET = "application/vnd.jupyter.widget-view+json";

/** Go on with a value: at once where it is there, so that a page is drawn in one task. */
const onward = (value, next) => (typeof value?.then === "function" ? value.then(next) : next(value));

/** A promise where some take longer. */
export const allOf = (steps) => (steps.some(Boolean) ? Promise.all(steps) : undefined);

/** Do somebody else's step; its mistake, now or later, goes to `failed`. */
function attempt(step, failed) {
  try {
    const result = step();
    return typeof result?.then === "function" ? result.then(undefined, failed) : result;
  } catch (error) {
    return failed(error);
  }
}

/** What `initialize` or `render` gave back to tidy up is called once, in the end. */
function atEnd(signal, cleanUp) {
  if (typeof cleanUp !== "function") return;
  if (signal.aborted) cleanUp();
  else signal.addEventListener("abort", () => cleanUp());
}

/** A notice that the page brought with it. */
export const noticeOf = (id) => document.getElementById(id)?.content.cloneNode(true) ?? "";

/** Styles an output brings hold for it alone; so the page's policy need not allow any in the page. */
function apart(content, tag) {
  const styles = Array.from(content.querySelectorAll(tag));
  if (!styles.length) return content;
  const around = document.createElement("div"), shadow = around.attachShadow({ mode: "open" });
  shadow.adoptedStyleSheets = styles.map((style) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style.textContent);
    style.remove();
    return sheet;
  });
  shadow.append(content);
  return around;
}

/** Outputs that are text, best first; each gives what to show, or nothing where the text is not what it says. */
const TEXTS = {
  "image/svg+xml"(text) {
    const harmless = text.replace(/<(\/?)style\b/g, "<$1svg-style"); // a browser's policy looks at styles while they are read
    const drawing = document.importNode(new DOMParser().parseFromString(harmless, "image/svg+xml").documentElement, true);
    if (drawing.localName !== "svg" || drawing.querySelector("parsererror")) return null;
    const isTitled = Array.from(drawing.children).some((child) => child.localName === "title");
    if (!isTitled && drawing.hasAttribute("aria-label")) drawing.setAttribute("role", "img");
    Object.assign(drawing.style, { maxWidth: "100%", height: "auto" });
    return apart(drawing, "svg-style");
  },
  "text/html"(text) {
    const template = document.createElement("template");
    template.innerHTML = text;
    return apart(template.content, "style");
  },
  "text/plain": (text) => Object.assign(document.createElement("pre"), { className: "shell-code", textContent: text }),
};

/** A widget set up for a model, once however many views it has. `ready` is a promise until that is done. */
function bindingOf(model, source) {
  const ending = new AbortController(), { signal } = ending, binding = { close: () => ending.abort() };
  const setUp = (widget) => {
    if (signal.aborted) return undefined;
    binding.widget = widget;
    return onward(widget.initialize?.({ model: modelFor(model, binding), signal, experimental: {} }), (result) => atEnd(signal, result));
  };
  const fail = (error) => {
    binding.widget = { render: () => { throw error; } };
  };
  binding.ready = attempt(() => onward(typeof source === "function" ? source() : source, setUp), fail);
  if (binding.ready) model.held = [];
  binding.ready?.then(() => {
    binding.ready = undefined;
    queueMicrotask(() => { // after the views that waited: they shall hear it
      const { held } = model;
      model.held = null;
      for (const act of held) attempt(act, reportError);
    });
  });
  return binding;
}

/**
 * Everything that is shown. widgets: default exports, by the name a model's `_esm` says after a #. models: by id.
 * drew: called after each drawing.
 */
export function stageOf(widgets, models, drew) {
  const bindings = new Map(), views = new Set();

  /** Set up a model's widget; undefined where the page has none of that name. */
  function bind(model) {
    const name = model.kind === "AnyModel" ? /^#(.+)/.exec(model.get("_esm"))?.[1] : undefined;
    if (name && !bindings.has(model) && Object.hasOwn(widgets, name)) bindings.set(model, bindingOf(model, widgets[name]));
    return bindings.get(model);
  }

  /** A model at one place, not drawn yet; undefined where there is no such model. */
  function viewOf(id) {
    const model = models.get(id), ending = new AbortController(), el = document.createElement("div");
    if (!model) return undefined;
    const view = { model, el, signal: ending.signal };
    const draw = model.kind === "VBoxModel" ? drawBox : bind(model) ? drawWidget : () => el.append(noticeOf("cps-foreign"));
    const fail = (error) => {
      reportError(error);
      el.replaceChildren(noticeOf("cps-failed"));
    };
    // Only once `el` stands in the page: what is drawn may want the focus.
    view.draw = () => attempt(() => draw(view), fail);
    view.remove = () => {
      views.delete(view);
      model.off(null, null, view);
      ending.abort();
      el.remove();
    };
    views.add(view);
    return view;
  }

  function drawWidget(view) {
    const { model, el, signal } = view, binding = bind(model);
    return onward(binding.ready, () => {
      if (signal.aborted) return undefined;
      const result = binding.widget.render?.({ model: modelFor(model, view), el, signal, experimental: {} });
      drew();
      return onward(result, (cleanUp) => atEnd(signal, cleanUp));
    });
  }

  /** What stays in a box keeps its elements, its focus and what was typed; only what is new is drawn. */
  function drawBox(box) {
    const { model, el, signal } = box;
    let children = [];
    const arrange = () => {
      const old = children.filter((view) => views.has(view));
      children = model.get("children").map((child) => {
        const id = child.replace("IPY_MODEL_", ""), kept = old.findIndex((view) => view.model.model_id === id);
        return kept < 0 ? viewOf(id) : old.splice(kept, 1)[0];
      }).filter(Boolean);
      for (const gone of old) gone.remove();
      let at = el.firstChild;
      return allOf(children.map((view) => {
        if (view.el === at) at = at.nextSibling;
        else if (view.el.parentNode === el) el[el.moveBefore ? "moveBefore" : "insertBefore"](view.el, at); // the first keeps the focus
        else return el.insertBefore(view.el, at), view.draw();
      }));
    };
    signal.addEventListener("abort", () => children.forEach((view) => view.remove()));
    model.on("change:children", arrange, box);
    return arrange();
  }

  /** Show outputs; gives the views, and a promise where drawing takes longer. */
  function show(place, outputs) {
    const shown = [];
    const drawn = outputs.map((output) => {
      const view = viewOf(output[WIDGET]?.model_id);
      if (view) return shown.push(view), place.append(view.el), view.draw();
      const kind = WIDGET in output ? WIDGET : Object.keys(TEXTS).find((one) => one in output);
      place.append(TEXTS[kind]?.(output[kind]) ?? noticeOf(kind ? "cps-failed" : "cps-foreign"));
    });
    return { views: shown, drawn: allOf(drawn) };
  }

  /** A model is no more. */
  function close(model) {
    for (const view of [...views]) if (view.model === model) view.remove();
    bindings.get(model)?.close();
    bindings.delete(model);
    model.close();
  }

  const manager = { get_model: async (id) => models.get(id) ?? Promise.reject(new Error(`no widget model ${id}`)) };
  return { bind, show, close, manager };
}
