// The widgets of the host's tests: what they were asked to do they write into `log`, what they got they keep in `views_of`.
window.log = [];
window.kept = {};
window.violations = [];
window.gates = {};
window.sockets = [];
window.WebSocket = class extends WebSocket {
  constructor(...given) {
    super(...given);
    window.sockets.push(this);
  }
};
document.addEventListener("securitypolicyviolation", (event) => window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));

const keep = (given) => {
  const id = given.model.get("id") ?? "?";
  (window.kept[id] ??= []).push(given);
  return id;
};

/** A promise the test opens: gates.name(). */
const gate = (name) => new Promise((resolve, reject) => {
  window.gates[name] = resolve;
  window.gates[`no ${name}`] = reject;
});

/** A labelled field that shows a trait beside what is typed, and says everything that happens to it. */
const field = {
  initialize({ model }) {
    window.log.push(`initialize ${model.get("id")}`);
    return () => window.log.push(`initialize ended ${model.get("id")}`);
  },
  render(given) {
    const { model, el } = given, id = keep(given);
    window.log.push(`render ${id}`);
    const text = document.createElement("output"), input = document.createElement("input");
    input.setAttribute("aria-label", id);
    el.dataset.view = id;
    el.append(text, input);
    const show = () => { text.textContent = model.get("text") ?? ""; };
    model.on("change:text", show);
    model.on("msg:custom", (content) => window.log.push(`${id} heard ${JSON.stringify(content)}`));
    input.addEventListener("change", () => model.send({ typed: input.value }));
    show();
    if (model.get("lands")) input.focus();
    return () => window.log.push(`render ended ${id}`);
  },
};

const views = {
  field,
  made: () => field,
  async later() {
    await gate("later");
    return field;
  },
  slow: {
    async initialize({ model }) {
      await gate("slow");
      window.log.push(`initialize ${model.get("id")}`);
      return () => window.log.push(`initialize ended ${model.get("id")}`);
    },
    async render(given) {
      await field.render(given);
      await gate("drawn");
      return () => window.log.push(`render ended ${given.model.get("id")}`);
    },
  },
  bare: { render: (given) => void keep(given) },
  idle: {},
  broken: { render() { throw new Error("render broke"); } },
  unmade: () => { throw new Error("factory broke"); },
  unready: { initialize: async () => { throw new Error("initialize broke"); }, render: field.render },
  parting: {
    render(given) {
      field.render(given);
      addEventListener("pagehide", () => given.model.send({ last: "word" }));
    },
  },
};
