// What every page needs, with widgets or without: the account's sheet closes again, a [data-reload] button opens the page anew.
(() => {
  "use strict";
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-reload]")) location.reload();
    const account = document.querySelector(".shell-account[open]");
    if (account && event.target instanceof Node && !account.contains(event.target)) account.open = false;
  });
  document.addEventListener("keydown", (event) => {
    const account = document.querySelector(".shell-account[open]");
    if (event.key === "Escape" && account) { account.open = false; account.querySelector("summary").focus(); }
  });
})();
