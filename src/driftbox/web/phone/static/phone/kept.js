/* What is kept on this phone and not yet at the station, what the station did not take and why, and this phone itself. */
import {h, moment, say} from "./dom.js";

const MINUTES = 60_000, HOUR = 3_600_000, DAY = 86_400_000, BAD = new Set(["refused", "quarantined", "contested", "waiting"]);

export async function counts(vault) {
  const [rows, papers, names] = await Promise.all([vault.store.all("outbox"), vault.store.all("papers"), vault.names("intake ")]);
  const intakes = await Promise.all(names.map((name) => vault.read(name)));
  const unsent = rows.filter((row) => !["in", "contested"].includes(row.state));
  return {
    rows, unsent, intakes,
    bad: rows.filter((row) => BAD.has(row.state)),
    papers: papers.filter((one) => one.state === "waiting"),
    lost: papers.filter((one) => one.state === "refused"),
    waiting: intakes.filter((one) => one.state === "waiting" || one.state === "refused"),
    kept: unsent.length + intakes.filter((one) => one.state === "waiting" || one.state === "refused").length,
  };
}

/* How far the phone's own clock is off, in words; nothing while it is as good as right. */
export function clockWords(offset) {
  const off = Math.abs(offset ?? 0);
  if (off < 5 * MINUTES) return "";
  const [unit, size] = off >= DAY ? ["days", DAY] : off >= HOUR ? ["hours", HOUR] : ["minutes", MINUTES];
  return say(offset < 0 ? "clock_fast" : "clock_slow", {by: say(unit, {n: Math.round(off / size)})});
}

export async function band(house) {
  const {vault, state} = house, {kept, papers, bad, unsent, waiting, lost, intakes} = await counts(vault);
  const met = await vault.store.get("state", "met"), offset = await vault.store.get("state", "offset");
  const last = met ? say("last_met", {at: moment(met + (offset ?? 0))}) : say("never_met");
  const head = navigator.onLine && state !== "offline" ? say(`on_${state || "met"}`) : say("no_signal");
  const lines = [...unsent.slice(0, 20).map((row) => `${moment(row.wall + row.offset)} ${say(`kind_${row.kind}`)}`),
    ...waiting.map((one) => `${moment(one.made + one.offset)} ${say("new_here")}`)];
  const off = clockWords(offset), wrong = bad.length + lost.length + intakes.filter((one) => one.state === "refused").length;
  return h("aside", {class: "offline", role: "status", "data-kept": kept, "data-papers": papers.length}, h("details", {},
    h("summary", {}, h("span", {}, h("b", {}, head), h("br"), say(kept ? "kept_safe" : "all_in", {n: kept}), say("semicolon"), last)),
    wrong > 0 && h("p", {}, h("a", {href: "#mine"}, say("some_refused", {n: wrong}))),
    papers.length > 0 && h("p", {}, say("photos_going", {n: papers.length})),
    lines.length > 0 && h("ul", {}, lines.map((one) => h("li", {}, one))),
    h("p", {}, h("button", {class: "button line", type: "button", id: "sync", onclick: () => house.sync()}, say("sync_now")))),
  off && h("p", {class: "note act"}, off), state === "signed_out" && h("p", {}, h("a", {class: "button act", href: `/in/staff/?next=${encodeURIComponent("/pocket/app/")}`}, say("sign_in"))));
}

export async function minePage(house) {
  const {vault} = house, {rows, bad, intakes, lost} = await counts(vault), standing = await vault.store.get("state", "standing");
  const persisted = await navigator.storage?.persisted?.();
  const refused = [...bad.map((row) => h("li", {class: "refused"}, h("b", {}, say(`kind_${row.kind}`)), h("small", {}, numberOf(house, row)),
    h("small", {}, moment(row.wall + row.offset)), h("p", {}, row.said || say(`state_${row.state}`)), row.who && h("p", {class: "hint"}, say(`who_${row.who}`)))),
  ...intakes.filter((one) => one.state === "refused").map((one) => h("li", {class: "refused"}, h("a", {href: `#intake/${one.docket}`}, h("b", {}, say("new_here"))), h("p", {}, one.said)))];
  refused.push(...lost.map((one) => h("li", {class: "refused"}, h("b", {}, say("paper_of", {n: numberOf(house, {about: one.docket})})), h("p", {}, one.said))));
  return [
    h("section", {class: "sky"}, h("h1", {}, vault.name), standing === "revoked" && h("p", {class: "note act"}, say("phone_revoked")),
      h("p", {}, say("made_here", {n: rows.length}))),
    h("section", {class: "sky", id: "refused"}, h("h2", {}, say("refused_title", {n: refused.length})), refused.length
      ? [h("p", {}, say("refused_kept")), h("ul", {class: "rows"}, refused)] : h("p", {class: "soft"}, say("none_refused"))),
    h("section", {class: "sky"}, h("h2", {}, say("this_phone")), h("p", {}, say(persisted ? "storage_safe" : "storage_may_go")),
      !persisted && h("button", {class: "button line", type: "button", onclick: async () => { await navigator.storage?.persist?.(); house.show(); }}, say("ask_storage"))),
    h("section", {class: "sky"}, h("p", {}, h("button", {class: "button line", type: "button", id: "lock", onclick: () => house.lock()}, say("lock"))),
      h("p", {class: "hint"}, say("lock_why")), house.switches()),
  ];
}

const numberOf = (house, row) => house.sheet?.tasks.find((one) => one.docket === row.about)?.number ?? "";
