// @ts-check
/* Everybody of the office: search, filter, open one. A large office is shown a screenful at a time. */
import { actionButton, content, drawn, h, list, own, redraw, rich, say, tagOf, uid } from "./_dom.js";

const AT_ONCE = 100;

/** @param {string} text */
const plainly = (text) => String(text ?? "").normalize("NFC").toLocaleLowerCase().replace(/\s+/g, " ").trim();

/** @param {any} model @param {any} one */
function person(model, one) {
  return h("li", {}, h("button", { type: "button", class: "cps-one", "data-key": `open:${one.id}`, onclick: () => model.send({ kind: "action", id: `open:${one.id}` }) },
    h("span", { class: "cps-one-name" }, own(one.name, "b"), own(one.code, "span", { class: "cps-tiny cps-soft" })),
    h("span", { class: "cps-one-unit cps-small" }, own(one.unit), list(one.facts).map((fact) => h("span", { class: "cps-soft" }, one.unit ? " · " : "", fact))),
    h("span", { class: "cps-one-tags" }, list(one.tags).map((tag) => tagOf(tag)), tagOf(one.tag))));
}

export default drawn("cps-people-list", ["page", "labels"], (get, { model, view, announce }) => {
  const page = get("page") ?? {};
  const labels = get("labels") ?? {};
  const rows = list(page.rows);
  const id = uid("people");
  const shown = h("div", {});
  view.words ??= "";
  view.state ??= "";
  view.unit ??= "";
  view.most ??= AT_ONCE;

  const wanted = () => rows.filter((one) => (!view.state || one.state === view.state || list(one.also).includes(view.state)) && (!view.unit || one.unit === view.unit)
    && (!view.words || plainly(`${one.name} ${one.code} ${one.unit}`).includes(plainly(view.words))));
  const paint = (/** @type {boolean} */ isTold) => {
    const found = wanted();
    const count = say(labels.count, { n: found.length, total: rows.length });
    const rest = found.length - view.most;
    redraw(shown, [
      h("p", { class: "cps-tiny cps-soft" }, count),
      found.length ? h("ul", { class: "cps-ones" }, found.slice(0, view.most).map((one) => person(model, one))) : h("p", { class: "cps-soft" }, labels.none),
      rest > 0 ? h("button", { type: "button", class: "cps-button", "data-key": "more", onclick: () => { view.most += AT_ONCE; paint(true); } }, say(labels.more, { n: Math.min(rest, AT_ONCE) })) : null,
    ]);
    if (isTold) announce(found.length ? count : labels.none);
  };
  const search = (/** @type {any} */ e) => { view.words = e.target.value; view.most = AT_ONCE; paint(true); };
  const choose = (/** @type {string} */ what) => (/** @type {any} */ e) => { view[what] = e.target.value; view.most = AT_ONCE; paint(true); };
  const select = (/** @type {string} */ what, /** @type {string} */ label, /** @type {any[]} */ options) => h("div", { class: "cps-field" },
    h("label", { for: `${id}-${what}` }, label),
    h("select", { class: "cps-input", id: `${id}-${what}`, onchange: choose(what), "data-key": what },
      h("option", { value: "" }, labels.everything), options.map((o) => h("option", { value: o.id, selected: view[what] === o.id, ...(o.is_own ? content(o.label) : {}) }, o.label))));

  paint(false);
  return [
    h("h1", {}, page.heading),
    page.intro ? h("p", { class: "cps-soft cps-lead" }, page.intro) : null,
    list(page.notices).map((notice) => h("div", { class: `cps-card cps-heads-up ${notice.kind === "good" ? "cps-good" : ""}` }, h("p", { class: "cps-small" }, rich(notice.text)), notice.action ? actionButton(model, notice.action) : null)),
    !rows.length ? h("section", { class: "cps-card" }, h("p", {}, page.empty), h("div", { class: "cps-row" }, list(page.actions).map((action) => actionButton(model, action))))
      : [h("div", { class: "cps-row cps-do" }, list(page.actions).map((action) => actionButton(model, action))),
        h("section", { class: "cps-card" },
          h("div", { class: "cps-filters" },
            h("div", { class: "cps-field" }, h("label", { for: `${id}-words` }, labels.search), h("input", { class: "cps-input", type: "search", id: `${id}-words`, value: view.words, autocomplete: "off", oninput: search, "data-key": "words" })),
            list(page.states).length > 1 ? select("state", labels.state, list(page.states)) : null,
            list(page.units).length > 1 ? select("unit", labels.unit, list(page.units)) : null),
          shown)],
  ];
});
