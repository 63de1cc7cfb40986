// Keys that lead to pages. Never while something is typed, nor with a modifier held down;
// whoever switches them off gets a page without this file.
(() => {
  "use strict";

  const list = document.getElementById("keys");
  if (!list) return;
  const PAUSE = 1500; // milliseconds between the two keys of one shortcut
  let first = "";
  let forget;

  const isTyping = (target) =>
    target.isContentEditable ||
    (target.closest && target.closest("input, select, textarea, [contenteditable], [role=textbox]"));

  const remember = (key) => {
    clearTimeout(forget);
    first = key;
    forget = setTimeout(() => (first = ""), PAUSE);
  };

  const follow = (keys) => {
    const link = list.querySelector(`[data-keys="${CSS.escape(keys)}"]`);
    if (!link) return false;
    if (keys === "?") {
      list.showModal();
      return true;
    }
    const field = keys === "/" && document.querySelector("[data-search]");
    // On narrow screens the field is not there to be seen; its page has one.
    if (field && field.getClientRects().length) field.focus();
    else location.assign(link.href);
    return true;
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.isComposing || isTyping(event.target) || document.querySelector("dialog[open]")) return;
    const keys = first ? `${first} ${event.key}` : event.key;
    remember("");
    if (event.key === "g" && keys === "g") remember("g");
    else if (follow(keys)) event.preventDefault();
  });

  list.querySelector("[data-close]").addEventListener("click", () => list.close());
})();
