/* Visits are dragged from round to round with mouse, pen, finger or keys. Dropping one fills in and sends the form
   that stands beside it anyway; without script the forms do the same. */
const sheet = document.querySelector("[data-sheet]");
const EDGE = 70, STEP = 14; // pixels: where the page begins to roll, and how fast

const words = (name, gaps) => sheet.dataset[name].replace(/\{(\w+)\}/g, (_all, gap) => gaps[gap] ?? "");
const made = (name, className) => Object.assign(document.createElement(name), { className });
const lists = () => [...sheet.querySelectorAll("[data-agent]")];
const visitsOf = (list, without) => [...list.querySelectorAll("[data-visit]")].filter((one) => one !== without);

const voice = made("p", "hush");
voice.setAttribute("role", "status");
const mark = made("p", "drop-here");

/* One move under way: which visit, out of which round, and where it would go now. */
let move = null;

function show(list, place) {
  move.list = list;
  move.place = place;
  const others = visitsOf(list, move.visit);
  mark.textContent = words("at", { agent: list.dataset.name, n: place + 1 });
  const home = list.querySelector(".steps") ?? list;
  if (place) others[place - 1].append(mark);
  else home.prepend(mark);
}

function showOut(out) {
  move.list = out;
  move.place = 0;
  mark.textContent = words("strike", {});
  out.append(mark);
}

function lift(visit, grip) {
  move = { visit, grip, from: visit.closest("[data-agent]"), list: null, place: 0 };
  visit.classList.add("lifted");
  grip.setAttribute("aria-pressed", "true");
}

function end(said) {
  move.visit.classList.remove("lifted");
  move.grip.setAttribute("aria-pressed", "false");
  mark.remove();
  move = null;
  voice.textContent = said;
}

/* Sends the form of the visit: who goes, behind whom; whoever goes along still does. */
function drop() {
  const { visit, list, place, from } = move, form = visit.querySelector("form"), others = list ? visitsOf(list, visit) : [];
  const same = list && list === from && visitsOf(list)[place] === visit;
  end(list && !same ? "" : words("back", {}));
  if (!list || same || !form) return;
  let press = form.querySelector("[value=move]");
  if (list.matches("[data-out]")) press = form.querySelector("[value=strike]");
  else {
    const along = visit.dataset.agents.split(" ").filter((one) => one && one !== from?.dataset.agent && one !== list.dataset.agent);
    form.elements.agent.value = list.dataset.agent;
    form.elements.second.value = along[0] ?? "";
    form.elements.begin.value = "";
    const after = made("input", "");
    Object.assign(after, { type: "hidden", name: "after", value: place ? others[place - 1].dataset.visit : "first" });
    form.append(after);
  }
  form.requestSubmit(press);
}

/* Mouse, pen, finger */
function under(x, y) {
  const there = document.elementFromPoint(x, y);
  const out = there?.closest("[data-out]");
  if (out) return showOut(out);
  const list = there?.closest("[data-agent]");
  if (!list) return;
  const middle = (one) => { const box = one.getBoundingClientRect(); return box.top + box.height / 2; };
  show(list, visitsOf(list, move.visit).filter((one) => middle(one) < y).length);
}

function follow(grip, visit) {
  let ghost = null, last = null, rolling = 0;
  const roll = () => {
    if (!last) return;
    const by = last.y < EDGE ? -STEP : last.y > innerHeight - EDGE ? STEP : 0;
    if (by) { scrollBy(0, by); under(last.x, last.y); }
    rolling = requestAnimationFrame(roll);
  };
  const over = () => { cancelAnimationFrame(rolling); ghost?.remove(); ghost = last = null; };
  grip.addEventListener("pointerdown", (event) => {
    if (!event.isPrimary || event.button || move) return;
    event.preventDefault();
    grip.focus();
    grip.setPointerCapture(event.pointerId);
    lift(visit, grip);
    ghost = made("div", "ghost");
    ghost.textContent = visit.dataset.name;
    document.body.append(ghost);
    last = { x: event.clientX, y: event.clientY };
    roll();
  });
  grip.addEventListener("pointermove", (event) => {
    if (!last || !event.isPrimary) return;
    last = { x: event.clientX, y: event.clientY };
    ghost.style.transform = `translate(${last.x + 12}px, ${last.y + 12}px)`;
    under(last.x, last.y);
  });
  grip.addEventListener("pointerup", () => { if (last) { over(); drop(); } });
  grip.addEventListener("pointercancel", () => { if (last) { over(); end(words("back", {})); } });
}

/* Keys */
function stepTo(list, place) {
  show(list, Math.max(0, Math.min(place, visitsOf(list, move.visit).length)));
  voice.textContent = mark.textContent;
  mark.scrollIntoView({ block: "nearest" });
}

function nextList(by) {
  const all = lists(), at = all.indexOf(move.list ?? move.from);
  return all[(at + by + all.length) % all.length];
}

const KEYS = {
  ArrowDown: () => (move.place < visitsOf(move.list, move.visit).length ? stepTo(move.list, move.place + 1) : stepTo(nextList(1), 0)),
  ArrowUp: () => (move.place > 0 ? stepTo(move.list, move.place - 1) : stepTo(nextList(-1), Infinity)),
  ArrowRight: () => stepTo(nextList(1), 0),
  ArrowLeft: () => stepTo(nextList(-1), 0),
  Escape: () => end(words("back", {})),
  Enter: drop,
  " ": drop,
};

function press(event, visit, grip) {
  if (!move && (event.key === "Enter" || event.key === " ")) {
    event.preventDefault();
    if (!lists().length) return;
    lift(visit, grip);
    const from = move.from ?? lists()[0];
    stepTo(from, move.from ? visitsOf(from).indexOf(visit) : 0);
    voice.textContent = words("lift", { name: visit.dataset.name });
  } else if (move && move.grip === grip && KEYS[event.key]) {
    event.preventDefault();
    KEYS[event.key]();
  }
}

for (const visit of sheet?.querySelectorAll("[data-visit]") ?? []) {
  if (!visit.querySelector("form")) continue;
  const grip = made("button", "grip");
  grip.type = "button";
  grip.setAttribute("aria-label", words("grip", { name: visit.dataset.name }));
  grip.setAttribute("aria-pressed", "false");
  visit.append(grip);
  follow(grip, visit);
  grip.addEventListener("keydown", (event) => press(event, visit, grip));
  grip.addEventListener("blur", () => { if (move?.grip === grip && !document.querySelector(".ghost")) end(words("back", {})); });
}
sheet?.append(voice);
