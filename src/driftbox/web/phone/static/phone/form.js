/* One form of an act or of an intake, drawn from what the day sheet says of its fields. Every change is kept at once. */
import {h, say} from "./dom.js";
import {openPaper, sealPaper, smallPhoto} from "./papers.js";

const WIDTH = 600, HEIGHT = 240, MOST = 4000, STROKES = 80, SVG = "http://www.w3.org/2000/svg";

/* `save(values)` is called at every change; `key` seals photographs the moment they are taken. */
export function drawForm({fields, button, leads}, values, {save, submit, key, docket, store}) {
  const changed = (name, value) => { values[name] = value; show(); return save({...values}); };
  const parts = fields.map((field) => [field, draw(field, values, changed, {key, docket, store})]);
  const form = h("form", {novalidate: true, onsubmit: async (event) => {
    event.preventDefault();
    const press = form.querySelector("button.go");
    press.disabled = true; // pressed twice is done once
    try { await submit({...values}); } finally { press.disabled = false; }
  }}, parts.map(([, part]) => part), h("button", {class: `button go full ${leads ? "act big" : "line"}`}, button));
  function show() {
    for (const [field, part] of parts) if (field.when) part.hidden = !field.when.includes(values.proof);
  }
  show();
  return form;
}

/* Say on the form what is missing, and go there. */
export function complain(form, found) {
  for (const old of form.querySelectorAll(".error")) old.remove();
  for (const [name, key] of Object.entries(found)) {
    const part = form.querySelector(`[data-field="${CSS.escape(name)}"]`);
    part?.classList.add("bad");
    part?.querySelector("label,legend")?.after(h("p", {class: "error", role: "alert"}, say(key)));
  }
  const first = form.querySelector(".bad input,.bad textarea,.bad select");
  first?.focus();
}

function draw(field, values, changed, tools) {
  const held = values[field.name] ?? field.initial ?? "";
  if (values[field.name] === undefined && field.initial !== undefined && field.initial !== "") values[field.name] = field.initial;
  const title = [field.label, field.required ? null : h("span", {class: "hint"}, ` ${say("optional")}`)];
  const help = field.help ? h("p", {class: "hint"}, field.help) : null;
  if (field.kind === "ticks" || field.kind === "radio") {
    return h("fieldset", {class: "field", "data-field": field.name}, h("legend", {}, title), help, picks(field, held, changed));
  }
  const id = `f-${field.name}`;
  const inside = {photo, strokes: pad}[field.kind]?.(field, held, changed, {...tools, id}) ?? plain(field, held, changed, id);
  return h("div", {class: "field", "data-field": field.name}, h("label", {for: id}, title), help, inside);
}

function picks(field, held, changed) {
  const many = field.kind === "ticks", list = h("ul", {class: "picks"});
  const now = () => [...list.querySelectorAll("input:checked")].map((one) => one.value);
  for (const [value, label] of field.choices) {
    const checked = many ? held.includes(value) : held === value;
    list.append(h("li", {}, h("label", {class: "pick"}, h("input", {type: many ? "checkbox" : "radio", name: field.name, value, checked,
      onchange: () => changed(field.name, many ? now() : value)}), h("span", {}, label))));
  }
  return list;
}

function plain(field, held, changed, id) {
  const tell = (event) => changed(field.name, event.target.value);
  if (field.kind === "choice") {
    const blank = field.choices.some(([value]) => value === "") ? [] : [["", say("choose")]];
    return h("select", {id, class: "input", onchange: tell}, [...blank, ...field.choices].map(([value, label]) =>
      h("option", {value, selected: value === held}, label)));
  }
  if (field.kind === "words") {
    const box = h("textarea", {id, class: "input", rows: 4, maxlength: 4000, oninput: tell});
    box.value = held;
    return box;
  }
  const how = {date: {type: "date"}, number: {type: "number", min: 0, inputmode: "numeric"}, phone: {type: "tel"}}[field.kind] ?? {type: "text"};
  return h("input", {id, class: "input", ...how, maxlength: 120, value: held, oninput: tell, autocomplete: "off"});
}

function photo(field, held, changed, {key, docket, store, id}) {
  const shown = h("div", {class: "shots"});
  const show = async (digest) => {
    const paper = await store.get("papers", digest);
    if (!paper?.data.byteLength) return;
    const picture = URL.createObjectURL(new Blob([await openPaper(key, paper)], {type: paper.media}));
    shown.replaceChildren(h("img", {src: picture, alt: say("photo_taken"), class: "shot", onload: () => URL.revokeObjectURL(picture)}));
  };
  if (held) show(held.digest ?? held);
  const take = h("input", {id, class: "input", type: "file", accept: "image/*", capture: "environment", onchange: async () => {
    if (!take.files.length) return;
    let paper;
    try {
      paper = await sealPaper(key, docket, await smallPhoto(take.files[0]), "image/jpeg");
    } catch {
      shown.replaceChildren(h("p", {class: "error", role: "alert"}, say("not_a_photo")));
      return;
    }
    await store.put("papers", paper);
    await changed(field.name, paper.digest);
    await show(paper.digest);
  }});
  return [take, shown];
}

function pad(field, held, changed, {id}) {
  let strokes = Array.isArray(held) ? held : [], stroke = null;
  const ink = document.createElementNS(SVG, "path"), sheet = document.createElementNS(SVG, "svg");
  const line = (one) => {
    const points = [];
    for (let at = 0; at < one.length; at += 2) points.push(`${one[at]} ${one[at + 1]}`);
    return `M${points[0]}L${(points.slice(1).length ? points.slice(1) : points).join(" ")}`;
  };
  const show = () => ink.setAttribute("d", strokes.map(line).join(""));
  const point = (event) => {
    const box = sheet.getBoundingClientRect();
    const within = (share, most) => Math.max(0, Math.min(most, Math.round(share * most)));
    return [within((event.clientX - box.left) / box.width, WIDTH), within((event.clientY - box.top) / box.height, HEIGHT)];
  };
  for (const [name, value] of Object.entries({class: "pad", id, viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": field.label})) {
    sheet.setAttribute(name, value);
  }
  sheet.addEventListener("pointerdown", (event) => {
    if (!event.isPrimary || event.button || strokes.length >= STROKES) return;
    event.preventDefault();
    sheet.setPointerCapture(event.pointerId);
    stroke = point(event);
    strokes.push(stroke);
    show();
  });
  sheet.addEventListener("pointermove", (event) => {
    if (!stroke || !event.isPrimary || strokes.reduce((sum, one) => sum + one.length, 0) >= MOST) return;
    const [x, y] = point(event), [lastX, lastY] = stroke.slice(-2);
    if (Math.hypot(x - lastX, y - lastY) < 3) return;
    stroke.push(x, y);
    show();
  });
  for (const end of ["pointerup", "pointercancel"]) {
    sheet.addEventListener(end, () => { if (stroke) { stroke = null; changed(field.name, strokes); } });
  }
  sheet.append(ink);
  show();
  return [sheet, h("button", {type: "button", class: "button line", onclick: () => { strokes = []; show(); changed(field.name, strokes); }}, say("clear_pad"))];
}
