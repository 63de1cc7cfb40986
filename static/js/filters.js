// With scripts the table follows each choice; the button is for readers without them.
"use strict";
if (window.htmx) {
  document.documentElement.classList.add("follows");
}
