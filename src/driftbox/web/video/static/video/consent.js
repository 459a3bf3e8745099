/* What everybody is asked: may we record, and is this right. Each answers for themselves, all see who did. */
import {$, h, say} from "./dom.js";

export class Consent {
  constructor({wire, me, staff, people, recorder}) {
    Object.assign(this, {wire, me, staff, people, recorder});
    this.answers = {};
    this.yes = new Set();
    this.recording = 0;
    const on = (type, act) => wire.addEventListener(type, ({detail}) => act(detail));
    on("consent.ask", () => this.ask());
    on("consent", ({from, answer}) => { this.answers[from] = answer; this.show(); });
    on("record.started", ({from}) => this.started(from));
    on("record.stopped", ({why}) => this.stopped(why));
    on("agree.ask", (told) => this.read(told));
    on("agree.yes", ({from, paper}) => { if (paper === this.paper) { this.yes.add(from); this.tally(); } });
    on("agree.no", ({from}) => { $("agree-said").textContent = say("agree.wrong", {name: this.people(from)}); });
    $("consent-yes").addEventListener("click", () => this.answer("give"));
    $("consent-no").addEventListener("click", () => this.answer("refuse"));
    $("consent-back").addEventListener("click", () => this.answer("withdraw"));
    $("agree-yes").addEventListener("click", () => { wire.say("agree.yes", {paper: this.paper}); });
    $("agree-no").addEventListener("click", () => { wire.say("agree.no"); $("agreeing").hidden = true; });
    $("record")?.addEventListener("click", () => this.press());
    $("read-back")?.addEventListener("click", () => wire.say("agree.ask", {text: $("agreed-words").value.trim()}));
  }

  welcome({consents, recording}) {
    this.answers = Object.fromEntries(Object.entries(consents));
    if (this.recorder?.on && !recording) this.wire.say("record.started"); // signalling started afresh, we did not
    else this.recording = recording;
    this.show();
  }

  get all() {
    return this.seats().every((seat) => this.answers[seat] === "given");
  }

  seats() {
    return this.people().map((one) => one.seat);
  }

  ask() {
    this.asked = true;
    this.show();
    if (this.mine !== "given") $("consent-yes").focus();
  }

  get mine() {
    return this.answers[this.me] ?? "";
  }

  answer(kind) {
    this.wire.say(`consent.${kind}`);
    this.asked = false;
  }

  /* The clerk's one button: ask, then start, then stop. */
  press() {
    if (this.recorder.on) {
      this.recorder.stop();
      this.wire.say("record.stopped");
      this.stopped("");
    } else if (this.all) this.wire.say("record.started");
    else {
      this.wire.say("consent.ask");
      this.ask();
    }
  }

  started(from) {
    this.recording = from;
    if (from === this.me) this.recorder.start();
    $("consent-said").textContent = "";
    this.show();
  }

  stopped(why) {
    this.recording = 0;
    this.recorder?.stop();
    if (why === "consent") $("consent-said").textContent = say("record.withdrawn");
    this.show();
  }

  show() {
    const word = {given: "consent.given", refused: "consent.refused", withdrawn: "consent.withdrawn"};
    $("consents").replaceChildren(...this.people().map(({seat, name}) => h("li",
      {class: this.answers[seat] === "given" ? "yes" : ["refused", "withdrawn"].includes(this.answers[seat]) ? "no" : null},
      name, h("small", {}, say(word[this.answers[seat]] ?? "consent.none")))));
    const mine = this.mine, asking = Boolean(this.asked) && mine !== "given";
    $("consenting").hidden = !asking && !this.recording && !this.staff && !Object.keys(this.answers).length;
    $("consent-ask").hidden = !asking;
    $("consent-back").hidden = mine !== "given";
    $("recording").hidden = !this.recording;
    $("call").classList.toggle("is-recording", Boolean(this.recording));
    if (!$("record")) return;
    const now = this.recorder.on ? "record.stop" : this.all ? "record.start" : "record.ask";
    $("record").textContent = say(now);
    $("record").setAttribute("aria-pressed", String(this.recorder.on));
  }

  read({text, paper}) {
    this.paper = paper;
    this.yes = new Set();
    $("agree-words").textContent = text;
    $("agreeing").hidden = false;
    $("agree-said").textContent = "";
    this.tally();
    if (!$("agree-ask").hidden) $("agree-yes").focus();
  }

  tally() {
    const people = this.people().filter((one) => one.asks); // whoever asked says it is right, not the house
    $("agrees").replaceChildren(...people.map(({seat, name}) => h("li", {class: this.yes.has(seat) ? "yes" : null},
      name, h("small", {}, say(this.yes.has(seat) ? "agree.yes" : "agree.none")))));
    $("agree-ask").hidden = this.yes.has(this.me) || !people.some(({seat}) => seat === this.me);
    if (people.length && people.every(({seat}) => this.yes.has(seat))) $("agree-said").textContent = say("agree.all");
  }
}
