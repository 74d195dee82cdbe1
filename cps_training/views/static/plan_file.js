// @ts-check
/* A file that was just made: saved at once, and by its name once more. A browser that asks first, or saves nothing by itself, has the link. */
import { drawn, h, own, rich } from "./_dom.js";

/** @param {{mime: string, body: string}} file */
function addressOf(file) {
  const bytes = Uint8Array.from(atob(file.body), (letter) => letter.charCodeAt(0));
  return URL.createObjectURL(new Blob([bytes], { type: file.mime }));
}

export default drawn("cps-plan-file", ["file"], (get, { view }) => {
  const file = get("file");
  if (view.href && view.file !== file) {
    URL.revokeObjectURL(view.href);
    view.href = "";
  }
  if (!file) return [];
  const isNew = view.file !== file;
  if (isNew) [view.file, view.href] = [file, addressOf(file)];
  const link = h("a", { href: view.href, download: file.name, "data-key": "file" }, own(file.name));
  if (isNew) queueMicrotask(() => link.click());
  return [h("div", { class: "cps-card cps-kind-good", role: "status" }, h("p", {}, rich(file.text)), h("p", {}, link))];
});
