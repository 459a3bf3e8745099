/* Entries made on the phone: the same ids, chains and bytes as the station's domain/log, signed with P-256. */
import {canonical, digestOf, encode64, utf8} from "./canon.js";

const COUNTER_LIMIT = 4096;

/* 62 bits, so that two nodes never mint one id. */
export function chance() {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return bytes.reduce((sum, one) => (sum << 8n) | BigInt(one), 0n) & ((1n << 62n) - 1n);
}

export function buildId(ms, counter, random) {
  const number = (BigInt(ms) << 80n) | (0x7n << 76n) | (BigInt(counter) << 64n) | (0b10n << 62n) | random;
  const hex = number.toString(16).padStart(32, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export const idMillis = (id) => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
const idCounter = (id) => Number.parseInt(id.slice(15, 18), 16);

/* An id later than `after` (empty: none yet) at `ms`, or just after it when the clock stepped back. */
export function nextId(after, ms, random = chance()) {
  if (!after || ms > idMillis(after)) return buildId(ms, 0, random);
  let at = idMillis(after), counter = idCounter(after) + 1;
  if (counter === COUNTER_LIMIT) [at, counter] = [at + 1, 0];
  return buildId(at, counter, random);
}

/* A moment as entries have it: UTC, whole seconds. */
export const momentText = (ms) => `${new Date(ms).toISOString().slice(0, 19)}Z`;

const OPTIONAL = ["at", "for", "prev", "recorder"];

/* The fields of an entry; an empty optional field is never written, so that a fact has one spelling. */
export function fieldsOf(entry) {
  const {body, by, docket, id, kind, node, role} = entry;
  const fields = {alg: "p256", body, by, docket, id, kind, node, role, v: 1};
  for (const name of OPTIONAL) if (entry[name]) fields[name] = entry[name];
  return fields;
}

export const unsignedText = (entry) => canonical(fieldsOf(entry));

/* The entry as it travels, with its digest. */
export async function signEntry(entry, key) {
  const fields = fieldsOf(entry), unsigned = utf8(canonical(fields));
  const signature = await crypto.subtle.sign({name: "ECDSA", hash: "SHA-256"}, key, unsigned);
  return {raw: canonical({...fields, sig: encode64(signature)}), digest: await digestOf(unsigned)};
}

export const makeSigningKey = () =>
  crypto.subtle.generateKey({name: "ECDSA", namedCurve: "P-256"}, false, ["sign", "verify"]);

/* The name of a node, from the uncompressed point of its public key. */
export async function nodeName(point) {
  return `n${(await digestOf(point)).slice(0, 22).replaceAll("-", ".").replaceAll("_", ":")}`;
}
