/* A call, from the moment somebody answered until it is over. */
import {$, h, minutes, say} from "./dom.js";
import {take} from "./camera.js";
import {Consent} from "./consent.js";
import {Mesh} from "./mesh.js";
import {Papers} from "./papers.js";
import {Quality} from "./quality.js";
import {Recorder} from "./record.js";
import {Tiles} from "./tiles.js";
import {Wire} from "./wire.js";

const place = $("call"), me = Number(place.dataset.seat), staff = place.dataset.staff === "1";
const opened = performance.now() - Number(place.dataset.elapsed) * 1000, clock = () => (performance.now() - opened) / 1000;
const TOLD = 10_000, LONG = 15_000;

const wire = new Wire(place.dataset.signalling);
const {stream, trouble} = await take();
const mesh = new Mesh(wire, stream);
const tiles = new Tiles($("tiles"), {me, staff, pin: (seat) => { pinned(seat); wire.say("pin", {seat}); }});
const self = {seat: me, part: place.dataset.part, name: "", staff, audio: stream.getAudioTracks().length > 0,
  video: stream.getVideoTracks().length > 0};
const recorder = staff ? new Recorder({mesh, videos: () => tiles.videos(), address: place.dataset.record, clock}) : null;
const there = () => [self, ...[...mesh.peers.values()].filter((one) => !one.away).map((one) => one.told)]
  .map((one) => ({seat: one.seat, asks: ["resident", "relative"].includes(one.part), name: one.seat === me ? say("you") : one.name || say(`part.${one.part}`)}));
const people = (seat) => (seat ? there().find((one) => one.seat === seat)?.name ?? "" : there());
const consent = new Consent({wire, me, staff, people, recorder});
new Papers({mesh, wire, place, staff});
const quality = new Quality(mesh);

function said(words) {
  $("said").textContent = words;
  $("said").hidden = !words;
}

function pinned(seat) {
  tiles.pinned = seat;
  tiles.lay();
}

function draw(peer) {
  peer.away = peer.lost && !peer.connected;
  tiles.show(peer.seat, peer.told, peer.stream, {gone: peer.away || peer.link.connectionState === "failed"});
  place.dataset.connected = [...mesh.peers.values()].filter((one) => one.connected).length;
  consent.show();
}

function mine() {
  tiles.show(me, self, mesh.stream);
  for (const [id, on, yes, no] of [["mute", self.audio, "mute", "unmute"], ["dark", self.video, "dark", "light"]]) {
    $(id).querySelector("span").textContent = say(on ? yes : no);
    $(id).setAttribute("aria-pressed", String(!on));
  }
  wire.say("mute", {audio: self.audio, video: self.video});
}

async function toggle(kind) {
  let [track] = mesh.stream.getTracks().filter((one) => one.kind === kind);
  if (!track) {
    const fresh = await take();
    if (fresh.trouble) said(say(`trouble.${fresh.trouble}`));
    [track] = fresh.stream.getTracks().filter((one) => one.kind === kind);
    if (!track) return;
    await mesh.replace(kind, track);
    self[kind] = false;
  }
  self[kind] = !self[kind];
  track.enabled = self[kind];
  mine();
}

/* --- who comes and goes */
mesh.addEventListener("changed", ({detail}) => draw(detail));
mesh.addEventListener("joined", ({detail}) => {
  const peer = mesh.peers.get(detail.seat);
  if (peer) Object.assign(peer, {lost: false, away: false});
  draw(peer);
  wire.say("mute", {audio: self.audio, video: self.video});
});
mesh.addEventListener("left", ({detail: {seat, why}}) => {
  const peer = mesh.peers.get(seat);
  if (why === "left" || !peer) tiles.drop(seat);
  else {
    peer.lost = true;
    draw(peer);
  }
  consent.show();
});

/* --- the connection to signalling */
let down = 0;
wire.addEventListener("welcome", ({detail}) => {
  clearTimeout(down);
  said(trouble ? say(`trouble.${trouble}`) : "");
  $("phone-now").hidden = true;
  self.name = detail.you.name;
  pinned(detail.pinned);
  mine();
  for (const told of detail.peers) Object.assign(mesh.peers.get(told.seat) ?? {}, {lost: false});
  consent.welcome(detail);
});
wire.addEventListener("down", ({detail: {code, over}}) => {
  if (over && [4409, 4410].includes(code)) location.reload();
  else if (over && code !== 1000) {
    said($("said").textContent || say("down.over"));
    $("phone-now").hidden = false;
    mesh.close();
  } else if (!over) {
    said(say("down"));
    clearTimeout(down);
    down = setTimeout(() => { $("phone-now").hidden = false; }, LONG);
  }
});
wire.addEventListener("error", ({detail}) => said(detail.sentence));
wire.addEventListener("pin", ({detail}) => pinned(detail.seat));
let ending = false; // by our own press: we go where the desk leads
wire.addEventListener("end", () => {
  if (ending) return;
  finish();
  location.reload();
});
wire.addEventListener("sign.ask", ({detail}) => {
  $("sign-now").href = place.dataset.sign.replace("FORM", encodeURIComponent(detail.form));
  $("signing").hidden = false;
  $("sign-now").focus();
});
$("sign-now").addEventListener("click", () => { $("signing").hidden = true; });

/* --- sound first */
quality.addEventListener("seen", ({detail: {sound, poor}}) => {
  place.dataset.sound = sound ? "1" : "0";
  $("sound-only").hidden = !sound;
  if (wire.up) $("phone-now").hidden = !poor;
});
setInterval(() => wire.say("quality", {quality: quality.told()}), TOLD);
setInterval(() => {
  $("clock").textContent = minutes(clock());
  for (const peer of mesh.peers.values()) if (peer.lost && peer.connected) draw(peer);
}, 1000);

/* --- what is pressed */
$("mute").addEventListener("click", () => toggle("audio"));
$("dark").addEventListener("click", () => toggle("video"));
$("sound-wish")?.addEventListener("change", (event) => { quality.wished = event.target.checked; });
$("type").addEventListener("submit", (event) => {
  event.preventDefault();
  const field = $("typed"), text = field.value.trim();
  if (text && wire.say("caption", {text})) {
    caption(say("you"), text);
    field.value = "";
  }
});
wire.addEventListener("caption", ({detail}) => caption(people(detail.from), detail.text));

function caption(name, text) {
  const line = h("p", {}, h("b", {}, name), text);
  $("captions").append(line);
  while ($("captions").children.length > 3) $("captions").firstChild.remove();
}

/* --- the end */
function finish() {
  wire.say("quality", {quality: quality.told()});
  wire.leave();
  quality.stop();
  mesh.close();
}
$("leave")?.addEventListener("click", () => {
  finish();
  $("stage").hidden = true;
  $("left").hidden = false;
  $("left").focus();
});
$("end")?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  if (recorder.on) consent.press();
  wire.say("quality", {quality: quality.told()});
  for (let tries = 0; (recorder.maker && recorder.maker.state !== "inactive" || recorder.kept.length) && tries < 60; tries++) {
    await new Promise((go) => { setTimeout(go, 250); });
  }
  const answer = await fetch(form.action, {method: "POST", body: new FormData(form)}).catch(() => null);
  if (!answer?.ok) {
    said(say("end.not"));
    return;
  }
  ending = true;
  wire.say("end");
  finish();
  location.assign(answer.url);
});
recorder?.addEventListener("kept", ({detail}) => {
  $("consent-said").textContent = say("record.kept", {time: minutes(detail.seconds), until: detail.until});
});
recorder?.addEventListener("unkept", ({detail}) => { $("consent-said").textContent = detail; });
$("sign-ask")?.addEventListener("click", () => {
  const to = [...mesh.peers.values()].find((one) => !one.told.staff && one.connected);
  if (to) wire.say("sign.ask", {to: to.seat, form: $("sign-form").value});
  $("paper-said").textContent = say(to ? "sign.asked" : "paper.nobody");
});
addEventListener("pagehide", () => wire.leave());

mine();
wire.open();
