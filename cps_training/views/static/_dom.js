// @ts-check
/* Shared by every widget: building elements, ids, announcing, keeping focus and what was typed over a redraw. Knows no widget and no text. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * Set attributes, listeners and properties. Text only ever arrives as a text node, so that no answer or name can become markup.
 * @param {Element} node
 * @param {Record<string, any>} [props] `onclick`-like functions become listeners; null, undefined and false are left out
 * @param {any[]} [children]
 */
function fill(node, props = {}, children = []) {
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") node.addEventListener(name.replace(/^on/, ""), value);
    else node.setAttribute(name === "className" ? "class" : name, value === true ? "" : String(value));
  }
  node.append(...children.flat(3).filter((c) => c !== null && c !== undefined && c !== false && c !== ""));
  // Content says its language, so that a screen reader reads Thai as Thai in an English page too.
  if (props?.["data-cps-content"] && !props.lang && /[\u0e00-\u0e7f]/.test(node.textContent ?? "")) node.setAttribute("lang", "th");
  return node;
}

/**
 * Build an element: h("p", {class: "cps-soft"}, "text", other).
 * @param {string} tag
 * @param {Record<string, any>} [props]
 * @param {...any} children
 * @returns {any}
 */
export function h(tag, props = {}, ...children) {
  return fill(document.createElement(tag), props, children);
}

/**
 * The same for SVG.
 * @param {string} tag
 * @param {Record<string, any>} [props]
 * @param {...any} children
 * @returns {any}
 */
export function svg(tag, props = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), props, children);
}

const ICONS = {
  check: ["M5 12.5l4.5 4.5L19 7.5"],
  cross: ["M6.5 6.5l11 11M17.5 6.5l-11 11"],
  half: ["M6 12h12"],
  ring: ["M12 5a7 7 0 1 0 0 14a7 7 0 1 0 0-14"],
  up: ["M6 14.5l6-6 6 6"],
  down: ["M6 9.5l6 6 6-6"],
  grip: ["M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01"],
  alert: ["M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18", "M12 7.5v5.5", "M12 16.5h.01"],
};

/**
 * A small drawing that says nothing by itself: the words stand beside it.
 * @param {keyof typeof ICONS} name
 * @returns {SVGElement}
 */
export function icon(name) {
  return svg("svg", { class: "cps-icon", viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" }, ICONS[name].map((d) => svg("path", { d })));
}

/**
 * Random hexadecimal. A page on a LAN over http has no crypto.randomUUID; getRandomValues is there.
 * @param {number} [bytes]
 */
export function randomHex(bytes = 16) {
  return Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (b) => b.toString(16).padStart(2, "0")).join("");
}

/** A DOM id or group name that is unique in the page, however many views it holds. @param {string} stem */
export function uid(stem) {
  return `cps-${stem}-${randomHex(6)}`;
}

/**
 * Put values in the places of a label: say("อันดับ {n}", {n: 2}). A missing label gives "".
 * @param {string | undefined} label
 * @param {Record<string, any>} [values]
 */
export function say(label, values = {}) {
  return String(label ?? "").replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** A link target, or null where it is not an ordinary page address (javascript:, data:, …). @param {unknown} href */
export function safeHref(href) {
  if (typeof href !== "string" || href === "") return null;
  try {
    return ["http:", "https:"].includes(new URL(href, document.baseURI).protocol) ? href : null;
  } catch {
    return null;
  }
}

/** @param {unknown} value @returns {any[]} */
export function list(value) {
  return Array.isArray(value) ? value : [];
}

/** Which element of this view has the focus, if any. @param {Element} root */
export function focused(root) {
  const at = /** @type {Document | ShadowRoot} */ (root.getRootNode()).activeElement;
  return at && root.contains(at) ? /** @type {HTMLElement} */ (at) : null;
}

/**
 * A polite live region of the root, for what is seen but would not be heard. It takes what `rich` takes.
 * @param {Element} root
 * @returns {(text: any) => void}
 */
export function announcer(root) {
  const region = h("div", { class: "cps-hidden cps-announce", role: "status", "aria-live": "polite" });
  root.append(region);
  return (text) => {
    const was = region.textContent;
    region.replaceChildren(...rich(text).filter(Boolean));
    // The same words twice would be silent: a trailing no-break space makes them new.
    if (region.textContent && region.textContent === was) region.append("\u00a0");
  };
}

/**
 * Listen to traits; several changes at once paint once.
 * @param {any} model
 * @param {string[]} traits
 * @param {(changed: Set<string>) => void} paint
 * @returns {() => void} stops listening
 */
export function onChange(model, traits, paint) {
  /** @type {Set<string>} */
  let changed = new Set();
  let alive = true;
  const listeners = traits.map((trait) => {
    const listener = () => {
      if (changed.size === 0) {
        queueMicrotask(() => {
          const now = changed;
          changed = new Set();
          if (alive) paint(now);
        });
      }
      changed.add(trait);
    };
    model.on(`change:${trait}`, listener);
    return [`change:${trait}`, listener];
  });
  return () => {
    alive = false;
    for (const [event, listener] of listeners) model.off(event, listener);
  };
}

/** What somebody changed in a field since it was drawn, or undefined. @param {any} field */
function typed(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked === field.defaultChecked ? undefined : field.checked;
  if (field.tagName === "SELECT") {
    const first = Math.max(0, Array.from(field.options).findIndex((o) => o.defaultSelected));
    return field.selectedIndex === first ? undefined : field.value;
  }
  return field.type === "file" || field.value === field.defaultValue ? undefined : field.value;
}

/**
 * Replace the children of a node and give back the focus, what was opened and what was typed: elements are recognised by `data-key`.
 * @param {Element} node
 * @param {any[]} children
 */
export function redraw(node, children) {
  const at = /** @type {any} */ (focused(node));
  const key = at?.closest("[data-key]")?.getAttribute("data-key");
  const caret = at?.matches("input[type=text], input[type=search], textarea") ? [at.selectionStart, at.selectionEnd] : null;
  const keyed = (/** @type {string} */ of) => Array.from(node.querySelectorAll(of), (e) => [e.getAttribute("data-key"), /** @type {any} */ (e)]);
  const open = new Map(keyed("details[data-key]").map(([k, d]) => [k, d.open]));
  const drafts = new Map(keyed(":is(input, select, textarea)[data-key]").map(([k, f]) => [k, typed(f)]));
  node.replaceChildren(...children.flat(3).filter((c) => c !== null && c !== undefined && c !== false && c !== ""));
  for (const [k, details] of keyed("details[data-key]")) if (open.has(k)) details.open = open.get(k);
  for (const [k, field] of keyed(":is(input, select, textarea)[data-key]")) {
    const draft = drafts.get(k);
    if (draft === undefined) continue;
    if (typeof draft === "boolean") field.checked = draft;
    else field.value = draft;
  }
  if (!key) return;
  const again = keyed("[data-key]").find(([k]) => k === key)?.[1];
  const target = again?.matches("details") ? again.querySelector("summary") : again;
  target?.focus({ preventScroll: true });
  if (caret && target?.setSelectionRange) target.setSelectionRange(caret[0], caret[1]);
}

/**
 * Move the focus to a heading or a message, which is no stop of the Tab key otherwise.
 * @param {Element | null | undefined} node
 */
export function land(node) {
  if (!node) return;
  if (!node.hasAttribute("tabindex")) node.setAttribute("tabindex", "-1");
  let tries = 30; // a widget may be drawn before it stands in the page
  const go = () => {
    if (node.isConnected) /** @type {HTMLElement} */ (node).focus();
    else if (tries-- > 0) requestAnimationFrame(go);
  };
  go();
}

/** Marks an element whose text is data; which language it is in shows by itself, see `fill`. @param {any} [_text] */
export function content(_text) {
  return { "data-cps-content": true };
}

/** A name, a title, a unit: what is data and not the interface's own word. @param {any} text @param {string} [tag] @param {Record<string, any>} [props] */
export function own(text, tag = "span", props = {}) {
  return text || text === 0 ? h(tag, { "data-cps-content": true, ...props }, String(text)) : null;
}

/**
 * A label with data in it, as `rich` takes it: mixed("ย้าย {text} ไปที่ {n}", {n: 2}, {text: "…"}).
 * @param {string | undefined} label @param {Record<string, any>} values @param {Record<string, any>} owned
 */
export function mixed(label, values, owned) {
  return say(label, values).split(/(\{\w+\})/).map((part) => {
    const name = part.slice(1, -1);
    return part.startsWith("{") && name in owned ? { own: owned[name] } : part;
  });
}

/** A text of the interface with data in it: a string, or an array of strings and {own: text}. @param {any} text @returns {any[]} */
export function rich(text) {
  return Array.isArray(text) ? text.map((part) => (typeof part === "string" ? part : own(part?.own))) : [text ?? ""];
}

/**
 * A widget that is only drawn from its traits: `build` gives the children of the root.
 * @param {string} name class of the root
 * @param {string[]} traits
 * @param {(get: (trait: string) => any, tools: {model: any, view: Record<string, any>, repaint: () => void, announce: (text: string) => void, root: Element}) => any[]} build
 *   `view` is what this one view remembers between two redraws (what is unfolded, a value being tried)
 */
export function drawn(name, traits, build) {
  return {
    /** @param {{model: any, el: HTMLElement}} context */
    render({ model, el }) {
      const body = h("div", { class: "cps-body" });
      const root = h("div", { class: `cps-root ${name}` }, body);
      const announce = announcer(root);
      const view = {};
      const paint = () => {
        root.lang = model.get("locale") || "th";
        redraw(body, build((trait) => model.get(trait), { model, view, repaint: paint, announce, root }));
      };
      paint();
      el.append(root);
      if (model.get("lands")) land(root.querySelector("h1, h2, [data-lands]"));
      const stop = onChange(model, [...traits, "locale"], paint);
      return () => {
        stop();
        root.remove();
      };
    },
  };
}

/** A tag: a few words on a tint. @param {{text?: string, kind?: string} | string | null | undefined} tag @param {string} [more] */
export function tagOf(tag, more = "") {
  const { text = "", kind = "" } = typeof tag === "string" ? { text: tag } : tag ?? {};
  return text ? h("span", { class: `cps-tag ${{ due: "cps-due", bad: "cps-bad", plain: "cps-plain" }[kind] ?? ""} ${more}` }, text) : null;
}

/**
 * A button that tells Python the id of an action.
 * @param {any} model
 * @param {{id: string, label: string, primary?: boolean, disabled?: boolean}} action
 */
export function actionButton(model, action) {
  return h(
    "button",
    {
      type: "button",
      class: `cps-button ${action.primary ? "cps-primary" : ""}`,
      "data-key": `action:${action.id}`,
      "aria-disabled": action.disabled ? "true" : null,
      onclick: () => action.disabled || model.send({ kind: "action", id: action.id }),
    },
    action.label,
  );
}

/** A link that looks like a button. @param {{label: string, href: string} | null | undefined} action @param {boolean} [primary] */
export function linkButton(action, primary = false) {
  const href = safeHref(action?.href);
  return action && href ? h("a", { class: `cps-button ${primary ? "cps-primary" : ""}`, href, "data-key": `link:${href}` }, action.label) : null;
}
