/* Which acts can follow on a case as this phone knows it, and the bodies that a filled form makes. A field that equals
   its default is left out, as the station does it, so that one fact has one spelling. */
import {drawing, sealPaper} from "./papers.js";
import {utf8} from "./canon.js";

const ONCE = new Set(["task.claimed", "parcel.collected", "parcel.opened", "materials.counted", "materials.checked",
  "result.collected", "result.delivered"]);
const INSIDE = new Set(["parcel.opened", "materials.counted"]);
const MARKED = new Set(["fingerprint", "witness"]);
const kindOf = (kind) => (kind === "photo" ? "note.written" : kind);

/* The stage that the case is at once what was done here has counted. */
export function stageOf(task, kinds) {
  return kinds.reduce((stage, kind) => task.table[kind]?.[stage] || stage, task.stage);
}

/* The forms to offer now: those that the table has at this stage; the one that moves the case on comes first. */
export function actsNow(task, kinds) {
  const stage = stageOf(task, kinds), collecting = task.acts.some((act) => act.kind === "parcel.collected");
  const boxed = collecting && !kinds.includes("parcel.collected");
  const open = task.acts.filter((act) => {
    const arrows = task.table[kindOf(act.kind)];
    if (INSIDE.has(act.kind) && boxed) return false; // first out of the box, its seal looked at
    return arrows && stage in arrows && !(ONCE.has(act.kind) && kinds.includes(act.kind));
  });
  return open.sort((a, b) => Number(leads(b, task, stage)) - Number(leads(a, task, stage)));
}

const leads = (act, task, stage) => (task.table[kindOf(act.kind)]?.[stage] || stage) !== stage;

/* Makes papers of words, drawings and photographs; `made` is what goes into the outbox beside the entries. */
export function sealer(key, docket) {
  const made = [];
  const kept = async (bytes, media) => {
    const paper = await sealPaper(key, docket, bytes, media);
    made.push(paper);
    return paper.digest;
  };
  return {
    made,
    words: (said) => kept(utf8(said), "text/plain; charset=utf-8"),
    drawing: (strokes) => kept(drawing(strokes), "image/svg+xml"),
    photo: (paper) => { made.push(paper); return paper.digest; },
  };
}

async function evidence(values, seal) {
  const names = [values.signed, ...(MARKED.has(values.proof) ? [values.witness_one, values.witness_two] : [])];
  const kept = {proof: values.proof, paper: await seal.words(names.join("\n"))};
  if (values.proof === "photo") kept.picture = seal.photo(values.photo);
  else if (values.strokes?.length) kept.picture = await seal.drawing(values.strokes);
  return kept;
}

const item = ({code, kind = "copy", count = 1}) =>
  ({code, ...(kind === "copy" ? {} : {kind}), ...(count === 1 ? {} : {count})});

const BODIES = {
  "task.claimed": (values, {person}) => [["task.claimed", {agent: person}]],
  "note.written": async (values, {seal}) => [["note.written", {paper: await seal.words(values.words)}]],
  "photo": (values, {seal}) => [["note.written", {paper: seal.photo(values.photo), about: "photograph"}]],
  "parcel.collected": (values, {act}) => {
    const held = act.fixed.parcels.find((one) => one.parcel === values.parcel);
    const seen = {parcel: held.parcel, place: held.place, seal_intact: values.seal === "intact",
      ...(values.seal === "intact" ? {} : {seal: values.seal})};
    return [["parcel.removed", seen, held.box], ["parcel.collected", seen]];
  },
  "parcel.opened": (values, {act}) => [["parcel.opened",
    {parcel: act.fixed.parcel, place: act.fixed.place, ...(values.witness ? {witness: values.witness} : {})}]],
  "materials.counted": (values, {act}) => {
    const told = (values.found ?? []).map((code) => act.fixed.manifest.find((one) => one.code === code));
    const found = told.map((one) => ({...one, count: Number(values[`count-${one.code}`] ?? one.count)}));
    const more = (values.more ?? []).map((code) => ({code}));
    return [["materials.counted", {parcel: act.fixed.parcel, found: [...found, ...more].filter((one) => one.count !== 0).map(item)}]];
  },
  "materials.checked": (values, {act}) => {
    const there = values.there ?? [], all = act.fields.find((field) => field.name === "there").choices;
    const lacking = all.map(([code]) => code).filter((code) => !there.includes(code));
    return lacking.length ? [["materials.lacking", {lacking}]] : [["materials.checked", {}]];
  },
  "result.collected": (values, {act}) => [["result.collected", {place: act.fixed.place}]],
  "delivery.failed": (values) => [["delivery.failed",
    {cause: values.cause, ...(values.next_day ? {next_day: values.next_day} : {})}]],
  "result.delivered": async (values, {act, seal}) => {
    const kept = await evidence(values, seal), back = values.back ?? [];
    const items = act.fixed.held.filter((one) => back.includes(one.code)).map(item);
    const made = [["result.delivered", {...kept, to: act.fixed.to, place: "home"}]];
    return items.length ? [...made, ["materials.returned", {...kept, items}]] : made;
  },
};

/* The deeds of a filled form, oldest first. */
export async function deedsOf(act, values, {task, person, seal}) {
  const made = await BODIES[act.kind](values, {act, person, seal});
  return made.map(([kind, body, docket]) =>
    docket ? {docket, kind, body, role: task.role} : {docket: task.docket, kind, body, role: task.role, for: task.beneficiary});
}

/* What is still missing on a form: field names with the key of the sentence that says so. */
export function missing(act, values) {
  const found = {};
  for (const field of act.fields) {
    const value = values[field.name];
    if (field.required && (value === undefined || value === "" || value?.length === 0)) found[field.name] = "field_missing";
  }
  if (MARKED.has(values.proof)) {
    for (const name of ["witness_one", "witness_two"]) if (!values[name]) found[name] = "two_witnesses";
    if (values.witness_one && values.witness_one === values.witness_two) found.witness_two = "same_witness";
  }
  if (values.proof === "photo" && !values.photo) found.photo = "photo_missing";
  return found;
}
