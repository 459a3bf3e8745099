// Driftbox 漂流箱 · renews the district page when something changed. Without script the page reloads itself.
"use strict";
(() => {
  const EVERY = 30000; // milliseconds
  const OLD = 120000;
  const live = document.getElementById("live");
  const stale = document.getElementById("stale");
  let read = Date.now();
  let mark = "";

  async function renew() {
    if (document.hidden || live.contains(document.activeElement)) return; // never under somebody's fingers
    try {
      const answer = await fetch(live.dataset.from, { headers: mark ? { "If-None-Match": mark } : {} });
      if (answer.status !== 304) {
        if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        live.replaceChildren(...Array.from(page.body.childNodes, (node) => document.adoptNode(node)));
        mark = answer.headers.get("ETag") || "";
      }
      read = Date.now();
    } catch {
      // The last page stays, and says below that it is old.
    }
    stale.hidden = Date.now() - read < OLD;
  }

  setInterval(renew, EVERY);
})();
