/* Everybody in the call, each by a connection of their own. */
import {Peer} from "./peer.js";

export class Mesh extends EventTarget {
  constructor(wire, stream) {
    super();
    this.wire = wire;
    this.stream = stream;
    this.peers = new Map(); // by seat
    this.gone = 0;
    this.ice = [];
    wire.addEventListener("welcome", ({detail}) => this.welcome(detail));
    wire.addEventListener("peer.joined", ({detail}) => this.joined(detail));
    wire.addEventListener("peer.left", ({detail}) => this.left(detail));
    wire.addEventListener("offer", ({detail}) => this.ensure(detail.from)?.heardOffer(detail.sdp));
    wire.addEventListener("answer", ({detail}) => this.peers.get(detail.from)?.heardAnswer(detail.sdp));
    wire.addEventListener("ice", ({detail}) => this.ensure(detail.from)?.heardIce(detail));
    wire.addEventListener("mute", ({detail}) => this.muted(detail));
    this.known = new Map(); // what the server told of each seat
  }

  get remade() {
    return this.gone + [...this.peers.values()].reduce((sum, one) => sum + one.remade, 0);
  }

  get tracks() {
    return {audio: this.stream.getAudioTracks()[0], video: this.stream.getVideoTracks()[0]};
  }

  /* We came in, or came back: whoever is there already gets an offer. */
  welcome({you, peers, ice}) {
    this.me = you.seat;
    this.ice = ice.map((one) => ({...one}));
    for (const told of peers) {
      this.known.set(told.seat, told);
      const known = this.peers.get(told.seat);
      if (known && known.link.connectionState !== "failed" && known.given) {
        known.told = told;
        if (known.connected) known.changed();
        else known.remake();
      } else {
        this.drop(told.seat);
        this.ensure(told.seat).give();
      }
    }
    for (const seat of [...this.peers.keys()]) if (!peers.some((one) => one.seat === seat)) this.away(seat, "lost");
  }

  joined({peer, again}) {
    this.known.set(peer.seat, peer);
    const known = this.peers.get(peer.seat);
    if (again && known) known.backAgain(peer);
    else this.drop(peer.seat);
    this.ensure(peer.seat);
    this.tell("joined", peer);
  }

  left({seat, why}) {
    this.away(seat, why);
  }

  away(seat, why) {
    if (why === "left") this.drop(seat);
    this.tell("left", {seat, why});
  }

  muted({from, audio, video}) {
    const told = this.known.get(from);
    if (told) Object.assign(told, {audio, video});
    this.peers.get(from)?.changed();
  }

  ensure(seat) {
    const told = this.known.get(seat);
    if (!told) return null;
    if (!this.peers.has(seat)) {
      const peer = new Peer({wire: this.wire, me: this.me, told, ice: this.ice, tracks: this.tracks});
      this.peers.set(seat, peer);
      peer.addEventListener("changed", () => this.tell("changed", peer));
      peer.addEventListener("paper", ({detail}) => this.tell("paper", detail));
      peer.addEventListener("papers", () => this.tell("papers", peer));
      this.tell("changed", peer);
    }
    return this.peers.get(seat);
  }

  drop(seat) {
    const peer = this.peers.get(seat);
    if (!peer) return;
    this.gone += peer.remade;
    peer.close();
    this.peers.delete(seat);
  }

  tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, {detail}));
  }

  async replace(kind, track) {
    for (const old of this.stream.getTracks()) if (old.kind === kind) this.stream.removeTrack(old);
    if (track) this.stream.addTrack(track);
    for (const peer of this.peers.values()) {
      peer.tracks = this.tracks;
      await peer.replace(kind, track);
    }
  }

  close() {
    for (const seat of [...this.peers.keys()]) this.drop(seat);
    for (const track of this.stream.getTracks()) track.stop();
  }
}
