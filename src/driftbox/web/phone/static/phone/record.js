/* Something was done: its entries and papers go into the outbox together, signed, or nothing does. */
import "./idb.js";
import {nextId, signEntry} from "./entry.js";

const {personal} = globalThis.driftboxStore;
const TOLERANCE = 5 * 60_000;
const NO_HEAD = {last: "", prev: ""};
const later = (a, b) => (a > b ? a : b);

const held = (person, does) => navigator.locks.request(`driftbox-write-${person}`, does);

/* `deeds`: {docket, kind, body, role, for}, oldest first. `known`: where each docket ends as the station told it.
   `task`: the record of the case it belongs to, sealed, kept in the same step; `drop`: the draft that is done with. */
export const record = (vault, deeds, {known = {}, papers = [], about = "", drop = ""} = {}) =>
  held(vault.person, async () => {
    const store = personal(vault.person);
    const [key, node] = [await store.get("state", "key"), await store.get("state", "node")];
    const offset = (await store.get("state", "offset")) ?? 0, heads = (await store.get("state", "heads")) ?? {};
    const wall = Date.now(), rows = [];
    for (const deed of deeds) {
      const mine = heads[deed.docket] ?? NO_HEAD, theirs = known[deed.docket] ?? NO_HEAD;
      const id = nextId(later(mine.last, theirs.last), wall + offset);
      const entry = {...deed, by: vault.person, node, id, prev: mine.prev || theirs.prev};
      const {raw, digest} = await signEntry(entry, key.privateKey);
      heads[deed.docket] = {last: id, prev: digest};
      rows.push({id, docket: deed.docket, kind: deed.kind, raw, digest, wall, offset, floor: theirs.last, tried: false,
        state: "kept", about});
    }
    await store.together(async (all, asked) => {
      for (const row of rows) await asked(all.outbox.add(row));
      for (const paper of papers) await asked(all.papers.put({...paper, state: "waiting"}));
      await asked(all.state.put(heads, "heads"));
      if (drop) await asked(all.sealed.delete(drop));
    });
    return rows;
  });

/* The phone's clock turned out wrong: what nobody has seen yet is signed afresh with the right time, in its order. */
export const setRight = (vault, offset) =>
  held(vault.person, async () => {
    const store = personal(vault.person);
    const rows = await store.all("outbox"), key = await store.get("state", "key");
    const wrong = rows.filter((row) => !row.tried && Math.abs(row.offset - offset) > TOLERANCE);
    if (!wrong.length) return 0;
    const from = new Set(wrong.map((row) => row.docket)), heads = (await store.get("state", "heads")) ?? {}, fresh = [];
    const ends = {};
    for (const row of rows.filter((one) => from.has(one.docket))) {
      const entry = JSON.parse(row.raw);
      if (row.tried) { ends[row.docket] = {last: row.id, prev: row.digest}; continue; }
      const end = ends[row.docket] ?? {last: "", prev: entry.prev ?? ""};
      const id = nextId(later(end.last, row.floor), row.wall + offset);
      const signed = await signEntry({...entry, id, prev: end.prev}, key.privateKey);
      ends[row.docket] = {last: id, prev: signed.digest};
      fresh.push({...row, ...signed, id, offset});
    }
    await store.together(async (all, asked) => {
      for (const row of fresh) await asked(all.outbox.put(row));
      await asked(all.state.put({...heads, ...ends}, "heads"));
    });
    return wrong.length;
  });
