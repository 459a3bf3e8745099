/* Somebody asks for something new while there is no signal. The phone keeps their words, gives a provisional number that
   stays valid, and the station opens the case under the same docket when they meet. */
import {encode64} from "./canon.js";
import {h, moment, say} from "./dom.js";
import {nextId} from "./entry.js";
import {complain, drawForm} from "./form.js";
import {docketKey} from "./papers.js";

const named = (docket) => `intake ${docket}`;

export async function intakePage(house, docket) {
  const {vault} = house;
  if (docket === "new") {
    const fresh = await begin(house);
    history.replaceState(null, "", `#intake/${fresh.docket}`);
    return page(house, fresh);
  }
  const held = await vault.read(named(docket));
  return held ? page(house, held) : [h("section", {class: "sky"}, h("h1", {}, say("not_on_sheet")))];
}

async function begin({vault}) {
  const offset = (await vault.store.get("state", "offset")) ?? 0, made = Date.now();
  const docket = nextId("", made + offset), tail = docket.slice(-6).toUpperCase();
  const key = encode64(crypto.getRandomValues(new Uint8Array(32)));
  const fresh = {docket, key, provisional: `${tail.slice(0, 3)}-${tail.slice(3)}`, made, offset, state: "draft", values: {}};
  await vault.keep(named(docket), fresh);
  return fresh;
}

const fieldsOf = (sheet) => [
  {name: "matter", kind: "choice", label: say("in_matter"), required: true, choices: sheet.matters},
  {name: "words", kind: "words", label: say("in_words"), help: say("in_words_help"), required: true},
  {name: "name", kind: "text", label: say("in_name"), required: true},
  {name: "phone", kind: "phone", label: say("in_phone")},
  {name: "address", kind: "text", label: say("in_address")},
  {name: "photo", kind: "photo", label: say("in_photo")},
];

async function page(house, held) {
  const {vault, sheet} = house, key = await docketKey(held.key), name = named(held.docket);
  const head = h("section", {class: "sky"}, h("a", {class: "back", href: "#"}, say("tab_today")), h("h1", {}, say("new_here")),
    h("p", {}, say(held.number ? "real_number" : "provisional", {number: held.number || held.provisional})),
    h("p", {class: "soft"}, say(`intake_${held.state}`), say("comma"), moment(held.made + held.offset)), held.said && h("p", {class: "note act"}, held.said));
  if (held.state !== "draft" && held.state !== "refused") return [head, h("section", {class: "sky"}, h("p", {}, held.values.words))];
  if (!sheet) return [head, h("section", {class: "sky"}, h("p", {}, say("no_sheet_why")))];
  const fields = fieldsOf(sheet);
  const form = drawForm({fields, button: say("in_keep"), leads: true}, {...held.values}, {key, docket: held.docket, store: vault.store,
    save: (values) => house.busy(vault.keep(name, {...held, values})),
    submit: async (values) => {
      const found = missing(fields, values);
      complain(form, found);
      if (Object.keys(found).length) return;
      const paper = values.photo && await vault.store.get("papers", values.photo);
      if (paper) await vault.store.put("papers", {...paper, state: "waiting"});
      await vault.keep(name, {...held, values, state: "waiting"});
      house.told("kept_here");
    }});
  form.append(h("button", {type: "button", class: "button plain", onclick: async () => { await vault.drop(name); location.hash = ""; }}, say("drop_draft")));
  return [head, h("section", {class: "sky act-form"}, form)];
}

const missing = (fields, values) =>
  Object.fromEntries(fields.filter((field) => field.required && !(values[field.name] ?? "").trim()).map((field) => [field.name, "field_missing"]));

export async function intakesWaiting(vault) {
  const all = await Promise.all((await vault.names("intake ")).map((name) => vault.read(name)));
  return all.filter((one) => one.state === "waiting" || one.state === "refused");
}

/* Hand the waiting ones in; what the station does not take stays here with its reason. */
export async function sendIntakes(vault, me, post, offset) {
  for (const one of await intakesWaiting(vault)) {
    const {docket, key, provisional, values, made} = one, {photo, ...said} = values;
    const body = JSON.stringify({docket, key, provisional, at: made + offset, ...said, papers: photo ? [photo] : []});
    const answer = await post(me, "/pocket/app/intake/", body, {"Content-Type": "application/json"});
    const after = answer.status === 200 ? {...one, state: "in", number: answer.said.number, said: ""}
      : {...one, state: "refused", said: answer.said?.sentence || say("station_down")};
    await vault.keep(named(docket), after);
  }
}
