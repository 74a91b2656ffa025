// Ties the buttons of a page to passkeys. A form says in data-passkey which of allauth's functions it is for.
(function () {
  if (!window.PublicKeyCredential) {
    document.querySelectorAll("[data-without-passkey]").forEach((part) => { part.hidden = false; });
    return;
  }
  document.querySelectorAll("[data-needs-passkey]").forEach((part) => { part.hidden = false; });
  const ids = { credential: "passkey_credential", data: "passkey_data", passwordless: "id_passwordless" };
  for (const button of ["add", "authenticate", "login"]) ids[button] = "passkey_button";
  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    window.allauth.webauthn.forms[form.dataset.passkey]({ ids });
  });
  // Somebody changed their mind, or the device could not: said in words, not in the console.
  const failed = document.querySelector("[data-passkey-failed]");
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    if (failed) failed.hidden = false;
  });
  document.addEventListener("click", (event) => { if (failed && event.target.id === "passkey_button") failed.hidden = true; });
})();
