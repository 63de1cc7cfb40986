// With scripts the table follows each choice; the button is for readers without them.
"use strict";
htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
for (const form of document.querySelectorAll("[data-filters]")) {
  form.querySelector("[data-apply]").hidden = true;
}
