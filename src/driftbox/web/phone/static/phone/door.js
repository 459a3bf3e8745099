/* Who is it? Each opens only their own: with the six digits when they come back, with the station's yes the first time. */
import "./idb.js";
import "./send.js";
import {encode64} from "./canon.js";
import {h, moment, say} from "./dom.js";
import {makeSigningKey, nodeName} from "./entry.js";
import {makeVault, openVault, people} from "./vault.js";

const {BASE, post} = globalThis.driftboxSend;
const DIGITS = /^[0-9]{6}$/;

/* Resolves with the opened vault. `met` is what the station said of who is signed in; nothing without signal. */
export async function doorPages(house, met) {
  const known = await people(), chosen = met && known.find((one) => one.person === met.person);
  if (met && !chosen) return [...enrolPage(house, met), ...others(house, known)];
  if (chosen) return [...openPage(house, chosen), ...others(house, known.filter((one) => one !== chosen))];
  if (known.length === 1) return openPage(house, known[0]);
  if (known.length) return others(house, known);
  return [h("section", {class: "sky"}, h("h1", {}, say("nobody_here")), h("p", {}, say("nobody_here_why")),
    h("p", {}, h("a", {class: "button act", href: `/in/staff/?next=${encodeURIComponent(BASE)}`}, say("sign_in"))), house.switches())];
}

const others = (house, list) => (list.length ? [h("section", {class: "sky"}, h("h2", {}, say("who_is_it")), h("ul", {class: "rows"}, list.map((one) =>
  h("li", {}, h("button", {class: "button line", type: "button", onclick: () => house.put(openPage(house, one))}, one.name)))))] : []);

const digits = (id, label) => h("div", {class: "field", "data-field": id}, h("label", {for: id}, label),
  h("input", {id, class: "input", type: "password", inputmode: "numeric", autocomplete: "off", maxlength: 6, required: true}));

function openPage(house, one) {
  const says = h("p", {class: "error", role: "alert"});
  const form = h("form", {novalidate: true, onsubmit: async (event) => {
    event.preventDefault();
    const press = form.querySelector("button");
    press.disabled = true;
    try {
      const vault = await openVault(one.person, form.querySelector("input").value);
      if (vault) await house.enter(vault);
      else says.textContent = say("wrong_digits");
    } catch (error) {
      if (!error.wait) throw error;
      says.textContent = say("wait", {n: error.wait});
    } finally { press.disabled = false; }
  }}, digits("pin", say("your_digits")), says, h("button", {class: "button act full big go"}, say("open")));
  return [h("section", {class: "sky"}, h("h1", {}, one.name), form)];
}

function enrolPage(house, met) {
  const says = h("p", {class: "error", role: "alert"});
  const before = met.phones.map((one) => h("li", {}, say("phone_before", {when: moment(one.enrolled), n: one.entries}), " ",
    one.kept ? say("phone_kept", {n: one.kept, at: moment(one.met)}) : one.met ? say("phone_clear", {at: moment(one.met)}) : ""));
  const form = h("form", {novalidate: true, onsubmit: async (event) => {
    event.preventDefault();
    const [pin, again] = [...form.querySelectorAll("input")].map((one) => one.value);
    says.textContent = !DIGITS.test(pin) ? say("six_digits") : pin !== again ? say("digits_differ") : "";
    if (says.textContent) return;
    const press = form.querySelector("button");
    press.disabled = true;
    try { says.textContent = await enrol(house, met, pin); } finally { press.disabled = false; }
  }}, digits("pin", say("choose_digits")), digits("again", say("again")), says, h("button", {class: "button act full big go"}, say("enrol")));
  return [h("section", {class: "sky"}, h("h1", {}, say("enrol_title", {name: met.name})), h("p", {}, say("enrol_why")),
    before.length > 0 && [h("p", {class: "note act"}, say("phones_before")), h("ul", {id: "before"}, before)], form)];
}

/* A key that cannot leave this phone, made known to the station. Returns what went wrong, or nothing. */
async function enrol(house, met, pin) {
  await navigator.storage?.persist?.();
  const key = await makeSigningKey(), point = new Uint8Array(await crypto.subtle.exportKey("raw", key.publicKey));
  const node = await nodeName(point), body = JSON.stringify({public: encode64(point)});
  try {
    const answer = await post({key: key.privateKey, node, csrf: met.csrf}, `${BASE}enrol/`, body, {"Content-Type": "application/json"});
    if (answer.status !== 200) return answer.said?.sentence || say("station_down");
  } catch (error) {
    if (!error.state) throw error;
    return say(`on_${error.state}`);
  }
  const vault = await makeVault(met.person, met.name, pin);
  await vault.store.put("state", key, "key");
  await vault.store.put("state", node, "node");
  await vault.store.put("state", met.offset, "offset");
  await house.enter(vault);
  return "";
}
