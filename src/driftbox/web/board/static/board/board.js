// Driftbox 漂流箱 · renews the departure board without a flicker. Without script the page reloads itself.
"use strict";
(() => {
  const EVERY = 30000; // milliseconds
  const OLD = 180000;
  let read = Date.now();

  async function renew() {
    try {
      const answer = await fetch(location.href, { cache: "no-store" });
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("board");
      if (!fresh) throw new Error("no board");
      document.getElementById("board").replaceWith(document.adoptNode(fresh));
      read = Date.now();
    } catch {
      // The last board stays, and says below that it is old.
    }
    document.getElementById("stale").hidden = Date.now() - read < OLD;
  }

  setInterval(renew, EVERY);
})();
