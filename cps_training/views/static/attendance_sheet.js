// @ts-check
/* Who came: one row a person, three marks a thumb can hit, saved together. Nothing counts as saved before Python says so. */
import { announcer, h, land, list, onChange, own, rich, say, uid } from "./_dom.js";
import { desk } from "./_form.js";

const MOST_ROWS = 1000;
const KINDS = ["onsite", "online", "absent"];
const ID = "attendance";

/** @param {string} text */
const searchable = (text) => text.normalize("NFC").toLocaleLowerCase().replace(/\s+/g, " ").trim();

export default {
  /** @param {{model: any, el: HTMLElement}} context */
  render({ model, el }) {
    const name = uid("attendance");
    const body = h("div", { class: "cps-body" });
    const root = h("div", { class: "cps-root cps-attendance" }, body);
    const announce = announcer(root);
    const at = desk(model, root, announce);
    /** What was changed and not yet saved, and of that what is under way. @type {Map<string, {kind: string, minutes: string}>} */
    const marks = new Map();
    /** @type {Map<string, {kind: string, minutes: string}>} */
    let sent = new Map();
    let wanted = "";
    let isLeaving = false;

    const sheet = () => model.get("sheet") ?? {};
    const labels = () => model.get("labels") ?? {};
    const people = () => list(sheet().groups).flatMap((g) => list(g.people));
    const now = (/** @type {any} */ one) => marks.get(one.id) ?? { kind: one.kind, minutes: one.minutes ?? "" };
    const same = (/** @type {any} */ a, /** @type {any} */ b) => a.kind === b.kind && (a.kind !== "online" || a.minutes === b.minutes);

    /** @param {any} one @param {{kind: string, minutes: string}} mark */
    function set(one, mark) {
      if (same(mark, { kind: one.kind, minutes: one.minutes ?? "" })) marks.delete(one.id);
      else marks.set(one.id, mark);
      tally();
    }

    /** @param {any} one */
    function row(one) {
      const id = uid("row");
      const mark = now(one);
      const minutes = h("label", { class: "cps-minutes", hidden: mark.kind !== "online" }, h("span", { class: "cps-tiny cps-soft" }, labels().minutes),
        h("input", { class: "cps-input", type: "text", inputmode: "numeric", maxlength: 8, value: mark.minutes || sheet().minutes, "data-key": `minutes:${one.id}`,
          oninput: (/** @type {any} */ e) => set(one, { kind: "online", minutes: e.target.value }) }));
      const choose = (/** @type {string} */ kind) => {
        minutes.hidden = kind !== "online";
        set(one, { kind, minutes: kind === "online" ? minutes.querySelector("input").value : "" });
      };
      return h("li", { class: "cps-person", "data-id": one.id }, h("div", { class: "cps-choice", role: "radiogroup", "aria-labelledby": id },
        h("span", { class: "cps-person-name", id }, own(one.name), h("span", { class: "cps-tiny cps-soft cps-block" }, own(one.code), one.note ? [" · ", rich(one.note)] : null)),
        h("span", { class: "cps-marks" }, KINDS.map((kind) => h("label", { class: `cps-mark cps-${kind}` },
          h("input", { type: "radio", name: `${name}:${one.id}`, value: kind, checked: mark.kind === kind, "data-key": `${kind}:${one.id}`, onchange: () => choose(kind) }), h("span", {}, labels()[kind])))),
        minutes));
    }

    /** @param {any} group */
    function everybody(group) {
      for (const one of list(group.people)) {
        if (now(one).kind === "absent") {
          marks.set(one.id, { kind: "onsite", minutes: "" });
          const input = /** @type {any} */ (root.querySelector(`[data-key="onsite:${CSS.escape(one.id)}"]`));
          if (input) input.checked = true;
        }
      }
      tally();
      announce(say(labels().unsaved, { n: marks.size }));
    }

    function tally() {
      const kinds = people().map((one) => now(one).kind);
      root.querySelector(".cps-tally")?.replaceChildren(say(labels().count, { n: kinds.filter((k) => k !== "absent").length, total: kinds.length, online: kinds.filter((k) => k === "online").length }));
      const button = root.querySelector("[data-key=save]");
      if (button) {
        button.textContent = marks.size ? say(labels().save_n, { n: marks.size }) : labels().save;
        button.toggleAttribute("aria-disabled", !marks.size);
        if (!marks.size) button.setAttribute("aria-disabled", "true");
      }
      for (const [id, group] of list(sheet().groups).map((g) => [g.id, g])) {
        const line = root.querySelector(`[data-group="${CSS.escape(id)}"] .cps-group-n`);
        if (line) line.textContent = `${list(group.people).filter((one) => now(one).kind !== "absent").length}/${list(group.people).length}`;
      }
    }

    function save() {
      if (!marks.size || at.isWaiting(ID)) return;
      sent = new Map(Array.from(marks).slice(0, MOST_ROWS));
      const rows = Array.from(sent, ([id, mark]) => ({ id, kind: mark.kind, minutes: mark.minutes }));
      at.send(ID, (/** @type {string} */ send_id) => model.send({ kind: "intent", id: ID, values: { rows }, send_id }));
    }

    /** Python answered: what it took is no longer a change. */
    function heard() {
      const status = model.get("status") ?? {};
      const isMine = at.isWaiting(ID);
      at.hear();
      if (!isMine || at.isWaiting(ID)) return;
      const wrong = status.kind === "error" && status.field ? root.querySelector(`[data-id="${CSS.escape(status.field)}"]`) : null;
      if (wrong) {
        /** @type {any} */ (wrong.querySelector(".cps-minutes:not([hidden]) input") ?? wrong.querySelector("input"))?.focus();
        wrong.classList.add("cps-is-wrong");
      }
      if (status.kind !== "saved") return;
      root.querySelectorAll(".cps-is-wrong").forEach((e) => e.classList.remove("cps-is-wrong"));
      for (const [id, mark] of sent) {
        const one = people().find((p) => p.id === id);
        if (one) Object.assign(one, { kind: mark.kind, minutes: mark.minutes });
        if (marks.get(id) && same(marks.get(id), mark)) marks.delete(id);
      }
      tally();
      if (marks.size && sent.size === MOST_ROWS) save();
      else if (isLeaving && !marks.size) model.send({ kind: "action", id: sheet().back.id });
    }

    function search() {
      let found = 0;
      for (const element of /** @type {any} */ (root.querySelectorAll(".cps-person"))) {
        const is = searchable(element.querySelector(".cps-person-name").textContent).includes(wanted);
        element.hidden = !is;
        found += Number(is);
      }
      for (const group of /** @type {any} */ (root.querySelectorAll("[data-group]"))) group.hidden = !group.querySelector(".cps-person:not([hidden])");
      const nobody = /** @type {any} */ (root.querySelector(".cps-nobody"));
      nobody.hidden = found > 0;
      nobody.textContent = found ? "" : labels().nobody;
    }

    function back() {
      if (!marks.size) return model.send({ kind: "action", id: sheet().back.id });
      const bar = /** @type {any} */ (root.querySelector(".cps-unsaved"));
      bar.hidden = false;
      bar.querySelector("span").textContent = say(labels().unsaved, { n: marks.size });
      bar.querySelector("button").focus();
    }

    function paint() {
      root.lang = model.get("locale") || "th";
      const { heading, subtitle, groups, back: way, empty } = sheet();
      const button = (/** @type {string} */ key, /** @type {string} */ text, /** @type {any} */ onclick, more = "") => h("button", { type: "button", class: `cps-button ${more}`, "data-key": key, onclick }, text);
      body.replaceChildren(
        h("div", { class: "cps-row cps-back" }, way ? button("back", way.label, back) : null),
        h("div", { class: "cps-unsaved cps-card", role: "alert", hidden: true }, h("span", {}, ""),
          h("div", { class: "cps-row" }, button("save-leave", labels().save, () => { isLeaving = true; save(); }), button("leave", labels().leave, () => { marks.clear(); model.send({ kind: "action", id: way.id }); }), button("stay", labels().stay, () => { /** @type {any} */ (root.querySelector(".cps-unsaved")).hidden = true; }))),
        own(heading, "h2"),
        h("p", { class: "cps-soft cps-small" }, rich(subtitle)),
        list(groups).length ? h("div", { class: "cps-field cps-search" }, h("label", { for: `${name}-search` }, labels().search),
          h("input", { class: "cps-input", type: "search", id: `${name}-search`, autocomplete: "off", oninput: (/** @type {any} */ e) => { wanted = searchable(e.target.value); search(); } })) : h("p", {}, empty ?? ""),
        h("p", { class: "cps-nobody cps-soft", role: "status", hidden: true }),
        ...list(groups).map((group) => h("section", { class: "cps-card cps-group", "data-group": group.id },
          h("div", { class: "cps-group-head" }, h("h3", {}, group.is_own ? own(group.title) : rich(group.title), " ", h("span", { class: "cps-soft cps-group-n" })),
            h("button", { type: "button", class: "cps-button", "data-key": `all:${group.id}`, onclick: () => everybody(group) }, labels().all)),
          h("ul", { class: "cps-persons" }, list(group.people).map(row)))),
        list(groups).length ? h("div", { class: "cps-save cps-card", "data-form": ID }, h("p", { class: "cps-tally cps-small", role: "status" }),
          h("div", { class: "cps-row" }, h("button", { type: "submit", class: "cps-button cps-primary", "data-key": "save", onclick: save }, labels().save), h("span", { class: "cps-form-status cps-small", tabindex: "-1" }))) : "",
      );
      tally();
      if (wanted) search();
    }

    const guard = (/** @type {Event} */ event) => { if (marks.size) event.preventDefault(); };
    paint();
    el.append(root);
    if (model.get("lands")) land(root.querySelector("h2"));
    addEventListener("beforeunload", guard);
    const stops = [onChange(model, ["sheet", "labels", "locale"], paint), onChange(model, ["status"], heard)];
    return () => {
      removeEventListener("beforeunload", guard);
      stops.forEach((stop) => stop());
      at.stop();
      root.remove();
    };
  },
};
