// Digits choose a level while nothing is typed; whoever switches keys off gets a page without this.
(() => {
  "use strict";

  const form = document.querySelector(".score-form");
  if (!form) return;

  const isTyping = (target) =>
    target.isContentEditable ||
    (target.closest && target.closest("input:not([type=radio]), select, textarea, [role=textbox]"));

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.isComposing || isTyping(event.target) || document.querySelector("dialog[open]")) return;
    if (!/^[1-9]$/.test(event.key)) return;
    const level = form.querySelector(`input[name="value"][value="${event.key}"]`);
    if (!level) return;
    level.checked = true;
    level.focus();
    event.preventDefault();
  });
})();
