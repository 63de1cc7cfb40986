// The path follows each key; rows are added in place. Without scripts the buttons do both.
"use strict";
if (window.htmx) {
  document.documentElement.classList.add("follows");
}
for (const button of document.querySelectorAll("button[name=more]")) {
  // No longer a submit button, so that no preview takes the last press for its own.
  button.type = "button";
  button.addEventListener("click", (event) => {
    const which = button.value;
    const total = document.querySelector(`[name="${which}-TOTAL_FORMS"]`);
    const blank = document.querySelector(`template[data-blank="${which}"]`);
    const number = Number(total.value);
    const most = Number(document.querySelector(`[name="${which}-MAX_NUM_FORMS"]`).value);
    if (number >= most) return;
    event.preventDefault();
    const row = blank.content.cloneNode(true);
    for (const part of row.querySelectorAll("*")) {
      for (const name of ["id", "name", "for", "aria-describedby"]) {
        const value = part.getAttribute(name);
        if (value) part.setAttribute(name, value.replace("__prefix__", number));
      }
    }
    total.value = number + 1;
    document.querySelector(`[data-rows="${which}"]`).append(row);
    document.getElementById(`id_${which}-${number}`).querySelector("select, input").focus();
  });
}
