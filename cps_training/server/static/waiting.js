// The page that waits for a seat: asks how far it has come, says so, opens when its turn has come. Words come from the template.
(() => {
  "use strict";
  const ASK_EVERY_MS = 3000;
  const card = document.getElementById("shell-waiting");
  const place = card.querySelector(".shell-place");

  async function ask() {
    const answer = await fetch(`/seat?for=${encodeURIComponent(card.dataset.for)}`, { cache: "no-store", redirect: "manual" });
    // Signed out meanwhile: the page itself leads to where one signs in.
    if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) return location.reload();
    if (!answer.ok) return;
    const told = await answer.json();
    if (told.is_free) return location.reload();
    const words = told.place > 1 ? card.dataset.later.replace("{place}", told.place) : card.dataset.first;
    if (place.textContent !== words) place.textContent = words; // a live region: what is said again would be read again
  }

  // The network may be away for a while, or the server start anew: go on asking.
  const askOn = () => ask().catch(() => {}).finally(() => setTimeout(askOn, ASK_EVERY_MS));
  setTimeout(askOn, ASK_EVERY_MS);
})();
