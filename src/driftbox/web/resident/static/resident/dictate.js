/* Says words into a field where the browser can hear. The browser does the hearing, some of them over the network, so it
   begins only when it is pressed. Where it cannot, no button appears and nothing is missing. */
(() => {
  const Hearing = window.SpeechRecognition || window.webkitSpeechRecognition;
  const words = document.querySelector("[data-dictating]");
  if (!Hearing || !words) return;
  document.querySelectorAll("textarea[data-dictate],input[data-dictate]").forEach((field) => {
    const button = document.createElement("button");
    let hearing = null;
    const show = () => {
      button.textContent = hearing ? words.dataset.dictating : words.dataset.dictate;
      button.setAttribute("aria-pressed", String(Boolean(hearing)));
    };
    button.type = "button";
    button.className = "button line dictate";
    button.addEventListener("click", () => {
      if (hearing) { hearing.stop(); return; }
      hearing = new Hearing();
      hearing.lang = document.documentElement.lang;
      hearing.addEventListener("result", (event) => {
        const heard = [...event.results].map((result) => result[0].transcript).join("");
        const most = field.maxLength > 0 ? field.maxLength : 2000;
        field.value = `${field.value}${field.value ? " " : ""}${heard}`.slice(0, most);
        field.dispatchEvent(new Event("input", { bubbles: true }));
      });
      for (const end of ["end", "error"]) hearing.addEventListener(end, () => { hearing = null; show(); });
      try { hearing.start(); } catch { hearing = null; }
      show();
    });
    show();
    (field.closest(".join") || field).after(button);
  });
})();
