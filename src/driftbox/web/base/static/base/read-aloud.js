/* Reads the page aloud with the phone's own voice. Where there is none, no button appears. */
(() => {
  const speech = window.speechSynthesis, main = document.querySelector("main[data-read]");
  if (!speech || !main) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button line read-aloud";
  const show = (reading) => {
    button.textContent = reading ? main.dataset.stop : main.dataset.read;
    button.setAttribute("aria-pressed", String(reading));
  };
  button.addEventListener("click", () => {
    if (speech.speaking) { speech.cancel(); show(false); return; }
    const parts = [...main.querySelectorAll("[data-say],h1,h2,h3,p,li")]
      .filter((part) => !part.parentElement.closest("[data-say]"))
      .map((part) => (part.dataset.say || part.innerText).trim()).filter(Boolean);
    parts.forEach((part, at) => {
      const words = new SpeechSynthesisUtterance(part);
      words.lang = document.documentElement.lang;
      words.rate = 0.85;
      if (at === parts.length - 1) words.addEventListener("end", () => show(false));
      speech.speak(words);
    });
    show(parts.length > 0);
  });
  window.addEventListener("pagehide", () => speech.cancel());
  show(false);
  const lead = main.querySelector(".lead");
  if (lead) lead.after(button);
  else main.prepend(button);
})();
