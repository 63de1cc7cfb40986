// Warns five minutes before the session ends, and lets the person stay.
// Another tab may have prolonged it: the server is asked first, by a request that prolongs nothing.
(() => {
  "use strict";

  const WARNING = 5 * 60;
  const dialog = document.getElementById("session");
  if (!dialog) return;
  const form = dialog.querySelector("form");
  let timer;

  const wait = (seconds, then) => {
    clearTimeout(timer);
    timer = setTimeout(then, Math.max(seconds, 1) * 1000);
  };

  const show = (state) => {
    for (const part of dialog.querySelectorAll("[data-may-stay]")) part.hidden = !state.may_stay;
    for (const part of dialog.querySelectorAll("[data-must-end]")) part.hidden = state.may_stay;
    dialog.querySelector("[data-minutes]").textContent = Math.max(1, Math.round(state.left / 60));
    if (!dialog.open) dialog.showModal();
  };

  const plan = (state) => {
    if (state.left > WARNING) {
      dialog.close();
      wait(state.left - WARNING, ask);
    } else {
      if (!dialog.dataset.read) show(state);
      wait(Math.min(state.left + 1, 60), ask);
    }
  };

  // Signed out: the page as it is now may not stay in sight, and asking for it leads to sign in.
  const leave = () => location.reload();

  const ask = async () => {
    try {
      // Not followed: the page that asks to sign in says why, and only once.
      const answer = await fetch(dialog.dataset.ask, { redirect: "manual" });
      if (!answer.ok) return leave();
      plan(await answer.json());
    } catch {
      wait(60, ask); // no network just now
    }
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const answer = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json" },
      redirect: "manual",
    });
    if (!answer.ok) return leave();
    plan(await answer.json());
  });
  // Who closed a warning that cannot be helped need not see it every minute.
  dialog.querySelector("[data-close]").addEventListener("click", () => {
    dialog.dataset.read = "yes";
    dialog.close();
  });

  wait(Number(dialog.dataset.left) - WARNING, ask);
  // A machine that slept counts no time: look again when the page is seen again.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") ask();
  });
})();
