/* Sound first: the picture is lowered before the sound suffers, then left out; it comes back when the way is good. */
export const STEPS = [0, 60, 150, 350, 700, 1200]; // kbit/s of the picture
const EVERY = 2000, CALM = 4, ROUGH = 5; // calm looks before one step up; rough ones with sound alone before the phone

export class Quality extends EventTarget {
  constructor(mesh) {
    super();
    this.mesh = mesh;
    this.began = performance.now();
    this.soundOnly = 0;
    this.trips = [];
    this.steps = new Map(); // by seat: {step, calm}
    this.last = new Map();
    this.rough = 0;
    this.wished = false; // sound alone by choice
    this.sum = {lost: 0, packets: 0, made: 0, samples: 0, bytes: 0};
    this.timer = setInterval(() => this.look(), EVERY);
  }

  stop() {
    clearInterval(this.timer);
  }

  async look() {
    let least = STEPS.length, poor = false;
    for (const peer of this.mesh.peers.values()) {
      if (!peer.connected) continue;
      const seen = read(await peer.link.getStats());
      const bad = this.count(peer.seat, seen);
      const at = this.next(peer.seat, seen);
      await limit(peer, this.wished ? 0 : at);
      least = Math.min(least, at);
      poor ||= bad && at === 0;
    }
    if (least === 0 || this.wished) this.soundOnly += EVERY / 1000;
    this.rough = poor ? this.rough + 1 : 0;
    this.dispatchEvent(new CustomEvent("seen", {detail: {sound: least === 0, poor: this.rough >= ROUGH}}));
  }

  /* Which step is next for this peer: down at once, up only after a calm while. */
  next(seat, seen) {
    const now = this.steps.get(seat) ?? {step: 4, calm: 0};
    const worst = seen.lost > 0.1 || seen.trip > 1.2 || seen.room < 90;
    const bad = worst || seen.lost > 0.04 || seen.trip > 0.6 || seen.room < STEPS[now.step] * 0.8 + 40;
    if (bad) this.steps.set(seat, {step: Math.max(0, now.step - (worst ? 2 : 1)), calm: 0});
    else if (now.calm >= CALM) this.steps.set(seat, {step: Math.min(STEPS.length - 1, now.step + 1), calm: 0});
    else this.steps.set(seat, {step: now.step, calm: now.calm + 1});
    return this.steps.get(seat).step;
  }

  /* Add what came in since the last look; whether the sound suffered. */
  count(seat, seen) {
    const before = this.last.get(seat) ?? {lostIn: 0, packets: 0, made: 0, samples: 0, bytes: 0};
    const more = (name) => Math.max(0, seen[name] - before[name]);
    this.last.set(seat, seen);
    this.sum.lost += more("lostIn");
    this.sum.packets += more("packets");
    this.sum.made += more("made");
    this.sum.samples += more("samples");
    this.sum.bytes += more("bytes");
    if (seen.trip) this.trips.push(seen.trip * 1000);
    return more("samples") > 0 && more("made") / more("samples") > 0.08;
  }

  /* Whole numbers for the case. */
  told() {
    const seconds = Math.round((performance.now() - this.began) / 1000);
    const share = (part, whole) => (whole ? Math.min(1000, Math.round((1000 * part) / whole)) : 0);
    const trips = [...this.trips].sort((one, other) => one - other);
    return {
      seconds, sound_only: Math.min(seconds, Math.round(this.soundOnly)),
      round_trip: Math.min(60000, Math.round(trips[trips.length >> 1] ?? 0)),
      lost: share(this.sum.lost, this.sum.lost + this.sum.packets), concealed: share(this.sum.made, this.sum.samples),
      kbit: Math.round((this.sum.bytes * 8) / 1000 / Math.max(1, seconds)), remade: this.mesh.remade,
    };
  }
}

/* What the browser counted about one connection. */
function read(stats) {
  const seen = {lost: 0, trip: 0, room: Infinity, lostIn: 0, packets: 0, made: 0, samples: 0, bytes: 0};
  for (const one of stats.values()) {
    if (one.type === "remote-inbound-rtp") {
      seen.lost = Math.max(seen.lost, one.fractionLost ?? 0);
      seen.trip = Math.max(seen.trip, one.roundTripTime ?? 0);
    } else if (one.type === "candidate-pair" && one.nominated && one.availableOutgoingBitrate) {
      seen.room = one.availableOutgoingBitrate / 1000;
    } else if (one.type === "inbound-rtp") {
      seen.bytes += one.bytesReceived ?? 0;
      if (one.kind !== "audio") continue;
      seen.lostIn += Math.max(0, one.packetsLost ?? 0);
      seen.packets += one.packetsReceived ?? 0;
      seen.made += Math.max(0, (one.concealedSamples ?? 0) - (one.silentConcealedSamples ?? 0));
      seen.samples += one.totalSamplesReceived ?? 0;
    }
  }
  return seen;
}

/* Let this peer have so much of our picture (a step); none at step 0. Sound always goes first. */
async function limit(peer, step) {
  if (peer.step === step || !peer.video) return;
  const wish = peer.video.getParameters();
  if (!wish.encodings?.length) return;
  Object.assign(wish.encodings[0], {active: step > 0, scaleResolutionDownBy: step < 2 ? 4 : step < 4 ? 2 : 1});
  if (step) wish.encodings[0].maxBitrate = STEPS[step] * 1000;
  await peer.video.setParameters(wish);
  const sound = peer.audio?.getParameters();
  if (peer.step === undefined && sound?.encodings?.length) {
    Object.assign(sound.encodings[0], {priority: "high", networkPriority: "high", maxBitrate: 32000});
    await peer.audio.setParameters(sound);
  }
  peer.step = step;
}
