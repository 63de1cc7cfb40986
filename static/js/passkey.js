// Asks the browser for a passkey and sends what it answers with the form around the button.
// Forms are marked data-passkey: "login" fetches its question, "add" and "give" find it in the page.
(() => {
  "use strict";

  const question = async (form) => {
    if (form.dataset.passkey !== "login") {
      return JSON.parse(document.getElementById("js_data").textContent);
    }
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`${form.action} answers ${answer.status}`);
    return answer.json();
  };

  // Whether the passkey shall do without a password is only known when the button is pressed.
  const creation = (form, options) => {
    const alone = form.elements.passwordless?.checked ?? false;
    const wanted = options.publicKey.authenticatorSelection;
    wanted.residentKey = alone ? "required" : "discouraged";
    wanted.requireResidentKey = alone;
    if (alone) wanted.userVerification = "required";
    return options;
  };

  const ask = async (form) => {
    const data = await question(form);
    if (form.dataset.passkey === "add") {
      return window.webauthnJSON.create(creation(form, data.creation_options));
    }
    return window.webauthnJSON.get(data.request_options);
  };

  const reasons = { NotAllowedError: "stopped", AbortError: "stopped", InvalidStateError: "known" };
  const say = (form, reason) => {
    for (const line of form.querySelectorAll("[data-trouble]")) {
      line.hidden = line.dataset.trouble !== reason;
    }
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    if (!window.PublicKeyCredential) continue;
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      say(form, "");
      try {
        form.elements.credential.value = JSON.stringify(await ask(form));
        form.submit();
      } catch (fault) {
        say(form, reasons[fault.name] ?? "failed");
      }
    });
  }
})();
