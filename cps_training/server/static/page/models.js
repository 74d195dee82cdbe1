// Widgets' models as anywidget's front end gives them to a view: state, events, messages, binary values. Knows no place and no socket.
import { octets } from "./wire.js";

const isBinary = (value) => value instanceof ArrayBuffer || ArrayBuffer.isView(value);

/** Whether two values say the same: setting what is there already is no change. */
export function isSame(a, b) {
  if (Object.is(a, b)) return true;
  if (!a || !b || typeof a !== "object" || a.constructor !== b.constructor) return false;
  if (isBinary(a)) return a.byteLength === b.byteLength && octets(a).every((byte, n) => byte === octets(b)[n]);
  if (a.constructor !== Object && !Array.isArray(a)) return false;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && isSame(a[name], b[name]));
}

/** Put buffers into a state, at the places they were taken from. */
export function putBuffers(state, paths, buffers) {
  paths?.forEach((path, n) => (path.slice(0, -1).reduce((at, step) => at[step], state)[path.at(-1)] = buffers[n]));
}

/** Take buffers out of a copy of a state. */
export function takeBuffers(original) {
  const paths = [], buffers = [];
  const copy = (value, path) => {
    if (isBinary(value)) return paths.push(path), buffers.push(value), null;
    if (Array.isArray(value)) return value.map((one, n) => copy(one, [...path, n]));
    if (value?.constructor !== Object) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, copy(one, [...path, name])]));
  };
  return { state: copy(original, []), paths, buffers };
}

/**
 * What Python's traits are on this side. Listeners get (model, value), those of "msg:custom" (content, buffers).
 * kind: the class by Python's name. link: `say(id, data, buffers)` gives the message's id; `isThrough()`; `manager`.
 */
export class Model {
  #listeners = [];
  #unsaved = new Set();
  #saved = new Map(); // the message that took a trait's last value
  #isClosed = false;
  held = null; // what waits until the widget is set up

  constructor(id, kind, state, link) {
    Object.assign(this, { model_id: id, kind, state, link, widget_manager: link.manager });
  }

  get(name) {
    return this.state[name];
  }

  /** One trait, or with an object several as one change. */
  set(name, value) {
    this.#change(typeof name === "object" ? name : { [name]: value }, (one) => this.#unsaved.add(one));
  }

  /** Send what was set since the last time; without connection it is sent when that is back. */
  save_changes() {
    if (this.#isClosed || !this.#unsaved.size || !this.link.isThrough()) return;
    const names = [...this.#unsaved];
    const { state, paths, buffers } = takeBuffers(Object.fromEntries(names.map((name) => [name, this.state[name]])));
    const id = this.link.say(this.model_id, { method: "update", state, buffer_paths: paths }, buffers);
    for (const name of names) this.#saved.set(name, id);
    this.#unsaved.clear();
  }

  /** Jupyter's callbacks are for messages that no page gets: nothing calls them. */
  send(content, _callbacks, buffers) {
    if (!this.#isClosed) this.link.say(this.model_id, { method: "custom", content }, buffers);
  }

  on(names, heard, context) {
    for (const name of names.split(/\s+/)) this.#listeners.push({ name, heard, context });
  }

  /** Forget the listeners that have all that is given. */
  off(names, heard, context) {
    const gone = names?.split(/\s+/);
    this.#listeners = this.#listeners.filter((one) => (gone && !gone.includes(one.name)) || (heard && one.heard !== heard) || (context && one.context !== context));
  }

  trigger(name, ...given) {
    for (const { heard } of this.#listeners.filter((one) => one.name === name)) {
      try {
        heard(...given);
      } catch (error) {
        reportError(error); // one listener's mistake is not the others'
      }
    }
  }

  /** What Python set. echoed: the message this answers; an echo of what is older than the value here is left out. */
  update(state, echoed) {
    const isNews = (name) => !echoed || (!this.#unsaved.has(name) && (this.#saved.get(name) ?? echoed) === echoed);
    const news = Object.entries(state).filter(([name]) => isNews(name));
    for (const [name] of news) this.#unsaved.delete(name), this.#saved.delete(name);
    this.#change(Object.fromEntries(news));
  }

  /** What Python has after a time without connection; what was set here meanwhile stays. */
  restore(state) {
    this.#saved.clear();
    this.#change(Object.fromEntries(Object.entries(state).filter(([name]) => !this.#unsaved.has(name))));
  }

  hear(act) {
    if (this.held) this.held.push(act);
    else act();
  }

  close() {
    this.#isClosed = true;
    this.#listeners = [];
  }

  #change(state, note) {
    const changed = Object.keys(state).filter((name) => !isSame(this.state[name], state[name]));
    for (const name of changed) this.state[name] = state[name], note?.(name);
    for (const name of changed) this.trigger(`change:${name}`, this, this.state[name]);
    if (changed.length) this.trigger("change", this);
  }
}

/** The model as one view holds it: its listeners are its own. */
export function modelFor(model, context) {
  const mine = { widget_manager: model.widget_manager };
  for (const name of ["get", "set", "save_changes", "send"]) mine[name] = model[name].bind(model);
  for (const name of ["on", "off"]) mine[name] = (names, heard) => model[name](names, heard, context);
  return mine;
}
