/* Papers: held to the camera and kept with a pressed yes; shown to everybody, who look at the same page. */
import {$, post, say} from "./dom.js";
import {drawn, picture, still} from "./camera.js";

const WIDE = 1800;

export class Papers {
  constructor({mesh, wire, place, staff}) {
    Object.assign(this, {mesh, wire, staff});
    this.address = place.dataset.still;
    this.shown = null; // {id, title, bytes, url}
    wire.addEventListener("still", ({detail}) => this.hold(detail));
    wire.addEventListener("share", ({detail}) => this.point(detail));
    mesh.addEventListener("paper", ({detail}) => this.see(detail));
    mesh.addEventListener("papers", ({detail}) => { if (this.shown?.mine) detail.send(this.head(), this.shown.bytes); });
    $("snap").addEventListener("click", () => this.snap());
    $("again").addEventListener("click", () => this.view(true));
    $("keep").addEventListener("click", () => this.keep());
    $("hold-no").addEventListener("click", () => this.close());
    $("turn").addEventListener("click", () => this.turn());
    $("look").addEventListener("click", (event) => this.touch(event));
    $("look-close").addEventListener("click", () => this.put());
    $("show-file")?.addEventListener("change", (event) => this.pick(event.target));
    $("ask-paper")?.addEventListener("click", () => this.ask());
  }

  /* The desk asks whoever is shown large of those who came by a link. */
  ask() {
    const to = [...this.mesh.peers.values()].find((one) => !one.told.staff && one.connected);
    if (to) this.wire.say("still", {to: to.seat, material: $("material").value});
    $("paper-said").textContent = to ? say("paper.asked") : say("paper.nobody");
  }

  hold({material}) {
    this.material = material;
    const name = [...$("names").content.children].find((one) => one.dataset.code === material)?.textContent ?? "";
    $("hold-what").textContent = name ? say("hold.named", {name}) : say("hold.any");
    $("hold").hidden = false;
    $("call").dataset.step = "hold";
    this.view(true);
    $("hold-what").focus();
  }

  view(live) {
    const video = $("hold-video");
    video.srcObject = this.mesh.stream;
    video.play().catch(() => {});
    video.hidden = !live;
    $("hold-still").hidden = live;
    $("hold-live").hidden = !live;
    $("hold-done").hidden = live;
    $("hold-said").textContent = "";
  }

  async turn() {
    const facing = this.facing === "environment" ? "user" : "environment";
    try {
      const stream = await picture(facing);
      this.mesh.stream.getVideoTracks().forEach((track) => track.stop());
      await this.mesh.replace("video", stream.getVideoTracks()[0]);
      this.facing = facing;
      this.view(true);
    } catch {
      $("hold-said").textContent = say("hold.one");
    }
  }

  async snap() {
    this.photo = await still($("hold-video"));
    URL.revokeObjectURL($("hold-still").src);
    $("hold-still").src = URL.createObjectURL(this.photo);
    this.view(false);
    $("keep").focus();
  }

  async keep() {
    $("keep").disabled = true;
    try {
      const file = new File([this.photo], "paper.jpg", {type: this.photo.type});
      await post(this.address, {still: file, material: this.material});
      await this.show(this.photo, $("hold-what").textContent);
      this.close();
    } catch (error) {
      $("hold-said").textContent = error.message;
    } finally {
      $("keep").disabled = false;
    }
  }

  close() {
    $("hold").hidden = true;
    delete $("call").dataset.step;
    if (this.facing === "environment") this.turn();
  }

  async pick(input) {
    const [file] = input.files;
    input.value = "";
    if (!file) return;
    try {
      await this.show(file, file.name);
    } catch {
      $("paper-said").textContent = say("paper.unread");
    }
  }

  /* Show a picture to everybody: small enough to arrive, large enough to be read. */
  async show(blob, title) {
    const whole = await createImageBitmap(blob), scale = Math.min(1, WIDE / Math.max(whole.width, whole.height));
    const small = await drawn(whole, Math.round(whole.width * scale), Math.round(whole.height * scale), 0.85);
    const bytes = await small.arrayBuffer(), sum = await crypto.subtle.digest("SHA-256", bytes);
    const id = btoa(String.fromCharCode(...new Uint8Array(sum))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
    this.lay({id, title: title.slice(0, 60), bytes, blob: small, mine: true});
    for (const peer of this.mesh.peers.values()) peer.send(this.head(), bytes);
    this.wire.say("share", {what: "paper", paper: id});
  }

  head() {
    return {id: this.shown.id, title: this.shown.title};
  }

  see({head, blob}) {
    this.lay({id: String(head.id), title: String(head.title).slice(0, 60), blob, mine: false});
  }

  lay(shown) {
    if (this.shown) URL.revokeObjectURL(this.shown.url);
    this.shown = {...shown, url: URL.createObjectURL(shown.blob)};
    Object.assign($("look-picture"), {src: this.shown.url, alt: shown.title});
    $("look-title").textContent = shown.title;
    $("looking").hidden = false;
    $("look-mark").toggleAttribute("hidden", true);
  }

  /* A touch on the paper is seen by everybody at the same place. */
  touch(event) {
    const box = $("look-picture").getBoundingClientRect();
    const share = (at, from, size) => Math.max(0, Math.min(1000, Math.round((1000 * (at - from)) / size)));
    const at = {x: share(event.clientX, box.left, box.width), y: share(event.clientY, box.top, box.height)};
    this.mark(at);
    this.wire.say("share", {what: "paper", paper: this.shown.id, ...at});
  }

  mark({x, y}) {
    $("look-mark").toggleAttribute("hidden", false);
    $("look-mark").setAttribute("cx", x);
    $("look-mark").setAttribute("cy", y);
  }

  point({what, x, y}) {
    if (what === "none") this.away();
    else if (x !== null && y !== null && x !== undefined) this.mark({x, y});
  }

  put() {
    this.away();
    this.wire.say("share", {what: "none"});
  }

  away() {
    $("looking").hidden = true;
    this.shown = null;
  }
}
