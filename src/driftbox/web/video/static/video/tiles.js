/* The pictures of everybody: one large, who talks is framed, who has only sound is drawn with their name. */
import {h, say} from "./dom.js";
import {listen} from "./camera.js";

const LOUD = 0.12, HOLD = 1500;

export class Tiles {
  constructor(place, {me, staff, pin}) {
    Object.assign(this, {place, me, staff, pin});
    this.tiles = new Map(); // by seat
    this.pinned = 0;
    this.large = 0;
  }

  make(seat) {
    const video = h("video", {playsinline: true, autoplay: true});
    video.muted = seat === this.me;
    const name = h("b"), state = h("span");
    const blank = h("span", {class: "blank-face", "aria-hidden": "true"});
    const caption = h("figcaption", {}, name, state);
    const node = h("figure", {class: seat === this.me ? "tile mine" : "tile", "data-seat": seat}, blank, video, caption);
    if (this.staff && seat !== this.me) {
      node.append(h("button", {type: "button", class: "button line pin", "aria-pressed": "false",
        onclick: () => this.pin(this.pinned === seat ? 0 : seat)}, say("pin")));
    }
    this.place.append(node);
    const tile = {node, video, name, state, blank, loud: 0, stop: () => {}};
    this.tiles.set(seat, tile);
    return tile;
  }

  show(seat, told, stream, {alone = false, gone = false} = {}) {
    const tile = this.tiles.get(seat) ?? this.make(seat);
    const title = seat === this.me ? say("you") : told.name || say(`part.${told.part}`);
    tile.told = told;
    tile.name.textContent = title;
    tile.blank.textContent = [...title][0] ?? "";
    tile.gone = gone;
    tile.alone = alone;
    if (tile.video.srcObject !== stream) tile.video.srcObject = stream;
    const [sound] = stream.getAudioTracks();
    if (sound?.id !== tile.sound) {
      tile.stop();
      tile.sound = sound?.id;
      tile.stop = sound ? listen(stream, (loud) => this.loud(seat, loud)) : () => {};
    }
    tile.video.play().catch(() => {});
    this.word(seat);
    this.lay();
  }

  word(seat) {
    const tile = this.tiles.get(seat), {told} = tile;
    const picture = tile.video.srcObject?.getVideoTracks().some((one) => one.readyState === "live" && !one.muted);
    const dark = told.video === false || tile.alone || !picture;
    tile.node.classList.toggle("dark", dark);
    const what = [];
    if (tile.gone) what.push(say("state.away"));
    else {
      if (told.name && seat !== this.me) what.push(say(`part.${told.part}`));
      if (told.audio === false) what.push(say("state.muted"));
      else if (dark && told.video !== false) what.push(say("state.sound"));
      else if (tile.talking) what.push(say("state.talking"));
    }
    const words = what.join(say("comma"));
    if (tile.state.textContent !== words) tile.state.textContent = words;
  }

  loud(seat, loud) {
    const tile = this.tiles.get(seat), now = performance.now();
    if (!tile) return;
    if (loud > LOUD && tile.told.audio !== false) tile.loud = now;
    const talking = now - tile.loud < HOLD && tile.loud > 0;
    if (talking === Boolean(tile.talking)) return;
    tile.talking = talking;
    tile.node.classList.toggle("talking", talking);
    this.word(seat);
  }

  drop(seat) {
    const tile = this.tiles.get(seat);
    if (!tile) return;
    tile.stop();
    tile.node.remove();
    this.tiles.delete(seat);
    this.lay();
  }

  /* Large is whom the clerk pinned, else the first of the others; alone, oneself. */
  lay() {
    const others = [...this.tiles.keys()].filter((seat) => seat !== this.me);
    const large = this.tiles.has(this.pinned) ? this.pinned : this.staff
      ? others.find((seat) => !this.tiles.get(seat).told.staff) ?? others[0] ?? this.me
      : others.find((seat) => this.tiles.get(seat).told.staff) ?? others[0] ?? this.me;
    this.place.dataset.count = this.tiles.size;
    for (const [seat, tile] of this.tiles) {
      tile.node.classList.toggle("main", seat === large);
      tile.node.classList.toggle("pinned", seat === this.pinned);
      tile.node.querySelector(".pin")?.setAttribute("aria-pressed", String(seat === this.pinned));
    }
    this.place.prepend(this.tiles.get(large).node);
  }

  videos() {
    return [...this.tiles.values()].map(({video, name}) => ({video, name: name.textContent}));
  }
}
