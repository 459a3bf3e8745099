/* What was said is kept shut: a key of each person's own, opened by six digits that only they know.
   The digits alone are not enough away from this phone: the key is wrapped once more by one that cannot leave it. */
import "./idb.js";
import {decode64, encode64, utf8, text} from "./canon.js";

const {shared, personal} = globalThis.driftboxStore;
const ROUNDS = 600_000, FREE_TRIES = 5, PAUSE = 30_000;
const AES = {name: "AES-GCM", length: 256};

async function fromDigits(digits, salt) {
  const typed = await crypto.subtle.importKey("raw", utf8(digits), "PBKDF2", false, ["deriveKey"]);
  const how = {name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS};
  return crypto.subtle.deriveKey(how, typed, AES, false, ["encrypt", "decrypt"]);
}

export async function shut(key, bytes, context) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const how = {name: "AES-GCM", iv, additionalData: utf8(context)};
  return {iv, data: new Uint8Array(await crypto.subtle.encrypt(how, key, bytes))};
}

export async function unshut(key, kept, context) {
  const how = {name: "AES-GCM", iv: kept.iv, additionalData: utf8(context)};
  return new Uint8Array(await crypto.subtle.decrypt(how, key, kept.data));
}

export const people = () => shared.all("people");

/* Make the place of somebody new on this phone. */
export async function makeVault(person, name, digits) {
  const salt = crypto.getRandomValues(new Uint8Array(16)), raw = crypto.getRandomValues(new Uint8Array(32));
  const device = await crypto.subtle.generateKey(AES, false, ["encrypt", "decrypt"]);
  const inner = await shut(await fromDigits(digits, salt), raw, person);
  const wrapped = await shut(device, utf8(JSON.stringify([encode64(inner.iv), encode64(inner.data)])), person);
  await shared.put("people", {person, name, salt, device, wrapped, wrong: 0, until: 0});
  return opened(person, name, raw);
}

/* Open it again. Returns nothing when the digits are wrong; throws {wait} in seconds after too many tries. */
export async function openVault(person, digits) {
  const held = await shared.get("people", person);
  const left = Math.min(held.until - Date.now(), PAUSE); // a clock that was moved must not shut somebody out for years
  if (left > 0) throw Object.assign(new Error("wait"), {wait: Math.ceil(left / 1000)});
  const [iv, data] = JSON.parse(text(await unshut(held.device, held.wrapped, person))).map(decode64);
  try {
    const raw = await unshut(await fromDigits(digits, held.salt), {iv, data}, person);
    await shared.put("people", {...held, wrong: 0, until: 0});
    return await opened(person, held.name, raw);
  } catch (error) {
    if (error.name !== "OperationError") throw error;
    const wrong = held.wrong + 1;
    await shared.put("people", {...held, wrong, until: wrong >= FREE_TRIES ? Date.now() + PAUSE : 0});
    return null;
  }
}

/* Keeps and reads records of one person; each is bound to its own name. */
async function opened(person, name, raw) {
  const key = await crypto.subtle.importKey("raw", raw, AES, false, ["encrypt", "decrypt"]);
  const store = personal(person);
  const bound = (id) => `${person} ${id}`;
  return {
    person, name, store,
    shut: async (id, value) => shut(key, utf8(JSON.stringify(value)), bound(id)),
    keep: async (id, value) => store.put("sealed", await shut(key, utf8(JSON.stringify(value)), bound(id)), id),
    read: async (id) => {
      const kept = await store.get("sealed", id);
      return kept ? JSON.parse(text(await unshut(key, kept, bound(id)))) : null;
    },
    drop: (id) => store.drop("sealed", id),
    names: async (prefix) => (await store.keys("sealed")).filter((id) => id.startsWith(prefix)),
  };
}
