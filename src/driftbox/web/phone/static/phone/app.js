/* The agent's phone: opens from its own store, with or without signal, and meets the station when it can. */
import "./idb.js";
import "./send.js";
import {h, say, speak} from "./dom.js";
import {doorPages} from "./door.js";
import {intakePage, intakesWaiting, sendIntakes} from "./intake.js";
import {band, minePage} from "./kept.js";
import {setRight} from "./record.js";
import {casePage, listPage} from "./tasks.js";

const {BASE, Stop, ask, hello, send} = globalThis.driftboxSend;
const AWAY = 15 * 60_000, AGAIN = 5 * 60_000, SOON = 3000;
const root = document.documentElement, main = document.getElementById("main"), top = document.getElementById("band");
const chosen = (name, otherwise) => localStorage.getItem(`driftbox.${name}`) || otherwise;

const house = {
  vault: null, sheet: null, state: "", writing: 0, turn: 0, waitingWorker: null, note: "",
  today: () => new Intl.DateTimeFormat("en-CA", {timeZone: root.dataset.zone}).format(Date.now() + (house.offset ?? 0)),
  put: (...nodes) => { main.replaceChildren(...nodes.flat(3).filter(Boolean)); main.querySelector("input[type=password]")?.focus(); },
  /* A savepoint is being written: a new version of the app waits for it. */
  busy: async (work) => { house.writing += 1; try { await work; } finally { house.writing -= 1; } },
  told: (key) => { house.note = say(key); house.show(); house.sync(); },

  /* ``quietly``: nobody asked for it, so what somebody has opened or begun to fill in meanwhile stays as it is. */
  async show(quietly = false) {
    const [page, id] = location.hash.slice(1).split("/"), turn = (house.turn += quietly ? 0 : 1);
    document.body.dataset.sheet = house.sheet?.day ?? "";
    document.body.dataset.page = house.vault ? page || "today" : "door";
    if (!house.vault) { top.replaceChildren(); return; }
    const nodes = page === "case" ? await casePage(house, id) : page === "intake" ? await intakePage(house, id)
      : page === "mine" ? await minePage(house) : await listPage(house);
    if (turn !== house.turn) return; // a later page was asked for while this one was made ready
    if (quietly && document.querySelector("#main form.touched, #main details[open]")) { await house.bandAgain(); return; }
    house.put(house.note && h("p", {class: "note", role: "status"}, house.note), nodes);
    house.note = "";
    for (const tab of document.querySelectorAll(".tabs a")) tab.toggleAttribute("aria-current", tab.dataset.tab === (page || "today"));
    await house.bandAgain();
  },

  async bandAgain() {
    if (!house.vault) return;
    const open = top.querySelector("details")?.open, fresh = await band(house);
    if (open) fresh.querySelector("details").open = true;
    top.replaceChildren(fresh, ...(house.waitingWorker ? [newVersion()] : []));
  },

  async enter(vault) {
    house.vault = vault;
    house.sheet = await vault.read("sheet");
    house.offset = await vault.store.get("state", "offset");
    await house.show();
    await house.sync();
  },

  /* Meet the station: hand in, then fetch the sheet of the day. What is on the page being written stays as it is. */
  async sync() {
    house.again = true; // asked for while one is under way: one more follows, so that nothing waits for the next signal
    if (house.syncing) return;
    house.syncing = true;
    try {
      while (house.again && house.vault) {
        house.again = false;
        await house.syncOnce(house.vault);
      }
    } finally { house.syncing = false; }
  },

  async syncOnce(vault) {
    (await navigator.serviceWorker?.getRegistration?.(BASE))?.sync?.register(`driftbox ${vault.person}`).catch(() => {});
    const outcome = await send(vault.person, {
      more: async () => (await intakesWaiting(vault)).length,
      before: async (met, me, post) => {
        house.offset = met.offset;
        await setRight(vault, met.offset);
        await sendIntakes(vault, me, post, met.offset);
      },
      progress: () => house.bandAgain(),
    });
    if (house.vault !== vault) return; // somebody else sits here by now
    if (outcome.state === "busy") setTimeout(() => house.sync(), SOON); // the worker is at it
    else house.state = outcome.state === "met" ? "" : outcome.state;
    if (outcome.state === "met") await house.fetchSheet();
    if (outcome.state === "met") await house.show(true); else await house.bandAgain();
  },

  async fetchSheet() {
    try {
      const node = await house.vault.store.get("state", "node");
      const {status, said} = await ask("GET", `${BASE}day/?node=${encodeURIComponent(node)}&lang=${chosen("language", root.dataset.language)}`);
      if (status !== 200 || said?.person !== house.vault.person) return;
      house.sheet = said;
      await house.vault.keep("sheet", said);
    } catch (error) {
      if (!(error instanceof Stop)) throw error; // the sheet of before still serves
    }
  },

  lock() {
    house.vault = house.sheet = null;
    house.turn += 1;
    history.replaceState(null, "", location.pathname);
    begin();
  },

  switches: () => h("p", {class: "switches"}, [["language", "zh-hans", "中文"], ["language", "en", "English"], ["mode", "", say("usual_type")], ["mode", "elder", say("large_type")]]
    .map(([name, value, label]) => h("button", {class: "button plain", type: "button", onclick: async () => {
      localStorage.setItem(`driftbox.${name}`, value);
      await dress();
      if (house.vault) await house.fetchSheet();
      if (house.vault) await house.show(); else begin();
    }}, label))),
};

const newVersion = () => h("p", {class: "note", id: "new-version"}, say(house.writing ? "new_version_waits" : "new_version"), " ",
  h("button", {class: "button line", type: "button", onclick: async () => {
    while (house.writing) await new Promise((done) => { setTimeout(done, 50); }); // every savepoint lies on the disk first
    house.waitingWorker.postMessage("take over");
  }}, say("take_new_version")));

async function dress() {
  root.toggleAttribute("data-mode", false);
  if (chosen("mode", root.dataset.elder) === "elder") root.setAttribute("data-mode", "elder");
  const code = chosen("language", root.dataset.language);
  speak(await (await fetch(`${BASE}words/${code}/`)).json(), code);
  for (const one of document.querySelectorAll("[data-say]")) one.textContent = say(one.dataset.say);
}

async function begin() {
  document.body.dataset.page = "door";
  top.replaceChildren();
  let met = null;
  try { met = await hello(null, 0); } catch (error) { if (!(error instanceof Stop)) throw error; }
  house.put(await doorPages(house, met));
}

/* A new version of the app is fetched beside the old one and waits until somebody lets it in. */
async function worker() {
  if (!navigator.serviceWorker) return;
  const had = Boolean(navigator.serviceWorker.controller);
  let again = false;
  navigator.serviceWorker.addEventListener("controllerchange", () => { if (had && !again) { again = true; location.reload(); } });
  navigator.serviceWorker.addEventListener("message", (event) => { if (event.data === "sync") house.sync(); });
  const registered = await navigator.serviceWorker.register(`${BASE}sw.js`, {scope: "/pocket/", updateViaCache: "none"});
  const waits = () => { if (registered.waiting && had) { house.waitingWorker = registered.waiting; house.bandAgain(); } };
  registered.addEventListener("updatefound", () => registered.installing?.addEventListener("statechange", waits));
  waits();
  house.lookForNew = () => registered.update().catch(() => {});
}

let hiddenAt = 0;
document.addEventListener("visibilitychange", () => {
  if (document.hidden) { hiddenAt = Date.now(); return; }
  if (hiddenAt && Date.now() - hiddenAt > AWAY && house.vault) house.lock();
  else { house.sync(); house.lookForNew?.(); }
});
addEventListener("hashchange", () => { house.show(); });
addEventListener("online", () => { house.sync(); });
addEventListener("offline", () => { house.state = "offline"; house.bandAgain(); });
for (const sign of ["input", "focusin", "pointerdown"]) {
  main.addEventListener(sign, (event) => event.target.closest("form")?.classList.add("touched"));
}
setInterval(() => { if (!document.hidden) house.sync(); }, AGAIN);

await dress();
worker();
await begin();
