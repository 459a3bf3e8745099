/* Today's cases: the list, and one case with the acts that can follow, each with its draft. */
import {actsNow, deedsOf, missing, sealer, stageOf} from "./acts.js";
import {h, moment, say} from "./dom.js";
import {complain, drawForm} from "./form.js";
import {docketKey} from "./papers.js";
import {record} from "./record.js";

export const draftName = (docket, kind) => `draft ${docket} ${kind}`;

/* What was done here on a case, oldest first; also what the station has got since the sheet was made. */
export async function doneOn(house, task) {
  const rows = await house.vault.store.all("outbox");
  return rows.filter((row) => row.about === task.docket && (row.state !== "in" || row.id > task.last)).map((row) => row.kind);
}

export async function listPage(house) {
  const {sheet, vault} = house;
  if (!sheet) return [h("section", {class: "sky"}, h("h1", {}, say("no_sheet")), h("p", {}, say("no_sheet_why")))];
  const drafts = new Set((await vault.names("draft ")).map((name) => name.split(" ")[1]));
  const lines = [];
  for (const task of sheet.tasks) {
    const kinds = await doneOn(house, task), stage = stageOf(task, kinds), moved = stage !== task.stage;
    lines.push(h("li", {class: moved ? "past" : "todo"}, h("a", {href: `#case/${task.docket}`}, h("b", {}, task.stages[stage]),
      h("small", {}, `${task.who}${say("comma")}${task.title}`, task.promised && h("span", {class: "block"}, say("promised", {day: task.promised})),
        drafts.has(task.docket) && h("span", {class: "tag"}, say("draft_open")), kinds.length > 0 && h("span", {class: "tag"}, say("done_here", {n: kinds.length}))))));
  }
  const intakes = await Promise.all((await vault.names("intake ")).map((name) => vault.read(name)));
  return [
    h("section", {class: "sky day"}, h("p", {class: "soft"}, `${sheet.day_text}${say("comma")}${vault.name}`),
      h("h1", {}, say("today", {n: sheet.tasks.length})), sheet.day !== house.today() && h("p", {class: "note"}, say("old_sheet", {day: sheet.day_text}))),
    h("section", {class: "sky"}, h("ul", {class: "rows"}, lines.length ? lines : h("li", {class: "soft"}, say("nothing_to_run")))),
    h("section", {class: "sky"}, h("h2", {}, say("new_here")), h("p", {}, h("a", {class: "button line", href: "#intake/new"}, say("take_one"))),
      h("ul", {class: "rows"}, intakes.map((one) => h("li", {}, h("a", {href: `#intake/${one.docket}`}, h("b", {}, one.values.name || say("unnamed")),
        h("small", {}, one.number || say("provisional", {number: one.provisional}), " ", h("span", {class: "tag"}, say(`intake_${one.state}`)))))))),
  ];
}

export async function casePage(house, docket) {
  const task = house.sheet?.tasks.find((one) => one.docket === docket);
  if (!task) return [h("section", {class: "sky"}, h("h1", {}, say("not_on_sheet")), h("p", {}, say("not_on_sheet_why")), h("p", {}, h("a", {href: "#"}, say("tab_today"))))];
  const kinds = await doneOn(house, task), stage = stageOf(task, kinds), key = await docketKey(task.key);
  const rows = (await house.vault.store.all("outbox")).filter((row) => row.about === docket);
  const head = h("section", {class: "sky"}, h("a", {class: "back", href: "#"}, say("tab_today")),
    h("p", {class: "soft"}, `${task.who}${say("comma")}${task.title} `, h("span", {class: "num"}, task.number)), h("h1", {}, task.stages[stage]),
    h("p", {}, task.where), task.address && h("p", {}, task.address), task.phone && h("p", {}, h("a", {href: `tel:${task.phone}`}, task.phone)),
    task.promised && h("p", {}, say("promised", {day: task.promised})), task.contested > 0 && h("p", {class: "note act"}, say("contested")));
  const offered = actsNow(task, kinds), forms = [];
  for (const [at, act] of offered.entries()) forms.push(await actForm(house, task, act, key, at === 0));
  const list = task.checklist.length && h("details", {class: "sky"}, h("summary", {}, say("the_list", {n: task.checklist.length})),
    h("ul", {}, task.checklist.map((one) => h("li", {}, one.name))));
  const done = rows.length > 0 && h("section", {class: "sky"}, h("h2", {}, say("done_on_this")), h("ol", {class: "docket"}, rows.map((row) =>
    h("li", {}, h("time", {}, moment(row.wall + row.offset)), h("div", {}, h("h3", {}, say(`kind_${row.kind}`)), h("p", {}, say(`state_${row.state}`)))))));
  return [head, forms, done, list];
}

/* A form with its draft. A draft keeps the form it was begun with: a list that changed meanwhile does not break it. */
async function actForm(house, task, fresh, key, leads) {
  const {vault} = house, name = draftName(task.docket, fresh.kind), draft = await vault.read(name);
  const act = draft?.act ?? fresh, values = draft?.values ?? {};
  const aged = draft && draft.version !== task.version;
  const save = (now) => house.busy(vault.keep(name, {act, values: now, version: draft?.version ?? task.version, at: Date.now()}));
  const form = drawForm({...act, leads}, values, {save, key, docket: task.docket, store: vault.store, submit: async (now) => {
    const found = missing(act, now);
    complain(form, found);
    if (Object.keys(found).length) return;
    const seal = sealer(key, task.docket), shot = now.photo && await vault.store.get("papers", now.photo);
    const deeds = await deedsOf(act, {...now, photo: shot}, {task, person: vault.person, seal});
    await record(vault, deeds, {known: house.sheet.heads, papers: seal.made, about: task.docket, drop: name});
    house.told("kept_here");
  }});
  const section = h("section", {class: "sky act-form", "data-kind": act.kind}, leads && h("h2", {}, act.title ?? act.button), aged && h("p", {class: "note"}, say("list_changed")), form);
  if (act.kind === "parcel.collected") form.prepend(scanner(act, form));
  if (draft) form.append(h("button", {type: "button", class: "button plain", onclick: async () => { await vault.drop(name); house.show(); }}, say("drop_draft")));
  return leads || draft ? section : h("details", {class: "sky"}, h("summary", {}, act.title ?? act.button), section);
}

/* The label or the seal, photographed and read on the phone, or typed: it chooses the bag. */
function scanner(act, form) {
  const says = h("p", {role: "status", class: "hint"});
  const choose = (said) => {
    const code = said.trim().toUpperCase().replaceAll(/[\s]/g, "");
    const found = act.fixed.parcels.find((one) => [one.seal, one.label].some((known) => known && code.endsWith(known.toUpperCase())));
    says.textContent = found ? say("bag_found", {seal: found.seal}) : say("bag_unknown");
    const pick = found && form.querySelector(`input[value="${CSS.escape(found.parcel)}"]`);
    if (pick && !pick.checked) pick.click();
  };
  const photo = h("input", {class: "input", type: "file", accept: "image/*", capture: "environment", id: "scan-photo", onchange: async () => {
    try {
      const codes = await new BarcodeDetector({formats: ["qr_code"]}).detect(await createImageBitmap(photo.files[0]));
      choose(codes[0]?.rawValue.replace(/\/$/, "") ?? "");
    } catch { says.textContent = say("bag_unknown"); }
  }});
  const typed = h("input", {class: "input", type: "text", id: "scan-typed", autocomplete: "off", onchange: () => choose(typed.value)});
  return h("div", {class: "field"}, "BarcodeDetector" in globalThis ? [h("label", {for: "scan-photo"}, say("scan_photo")), photo] : null,
    h("label", {for: "scan-typed"}, say("scan_typed")), typed, says);
}
