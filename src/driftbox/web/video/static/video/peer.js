/* One connection to one other browser ("perfect negotiation"): whoever comes in offers, glare is settled by seat. */
const PIECE = 16000, FULL = 1 << 20;

export class Peer extends EventTarget {
  constructor({wire, me, told, ice, tracks}) {
    super();
    this.wire = wire;
    this.told = told;
    this.seat = told.seat;
    this.polite = me > told.seat;
    this.tracks = tracks; // {audio, video}, either may be missing
    this.stream = new MediaStream();
    this.remade = 0;
    this.making = false;
    this.ignoring = false;
    this.pending = [];
    const link = new RTCPeerConnection({iceServers: ice, bundlePolicy: "max-bundle"});
    this.link = link;
    link.onicecandidate = ({candidate}) => this.tell("ice", candidate ? {
      candidate: candidate.candidate, mid: candidate.sdpMid, line: candidate.sdpMLineIndex,
      fragment: candidate.usernameFragment} : {});
    link.ontrack = ({track}) => {
      for (const old of this.stream.getTracks()) if (old.kind === track.kind) this.stream.removeTrack(old);
      this.stream.addTrack(track);
      track.onunmute = () => this.changed();
      track.onmute = () => this.changed();
      this.changed();
    };
    link.onnegotiationneeded = () => this.offer();
    link.onconnectionstatechange = () => this.connection();
  }

  tell(type, more) {
    this.wire.say(type, {to: this.seat, ...more});
  }

  changed() {
    this.dispatchEvent(new Event("changed"));
  }

  /* Give our sound and picture: on both kinds of line even when one is missing now, so that it can come later. */
  give() {
    if (this.given) return;
    this.given = true;
    this.papers = this.link.createDataChannel("papers", {negotiated: true, id: 1});
    this.papers.binaryType = "arraybuffer";
    this.papers.onopen = () => this.dispatchEvent(new Event("papers"));
    this.papers.onmessage = ({data}) => this.paper(data);
    for (const kind of ["audio", "video"]) {
      const free = this.link.getTransceivers().find((one) => one.receiver.track.kind === kind && !one.sender.track);
      const line = free ?? this.link.addTransceiver(kind, {direction: "sendrecv"});
      line.direction = "sendrecv";
      if (this.tracks[kind]) line.sender.replaceTrack(this.tracks[kind]);
      this[kind] = line.sender;
    }
  }

  async offer() {
    try {
      this.making = true;
      await this.link.setLocalDescription();
      this.tell("offer", {sdp: this.link.localDescription.sdp});
    } catch (error) {
      console.warn("offer", error.name);
    } finally {
      this.making = false;
    }
  }

  async heardOffer(sdp) {
    const glare = this.making || this.link.signalingState !== "stable";
    this.ignoring = !this.polite && glare;
    if (this.ignoring) return;
    await this.link.setRemoteDescription({type: "offer", sdp});
    this.give();
    await this.link.setLocalDescription();
    this.tell("answer", {sdp: this.link.localDescription.sdp});
    await this.caughtUp();
  }

  async heardAnswer(sdp) {
    if (this.link.signalingState !== "have-local-offer") return;
    await this.link.setRemoteDescription({type: "answer", sdp});
    await this.caughtUp();
  }

  async caughtUp() {
    for (const one of this.pending.splice(0)) await this.heardIce(one);
  }

  async heardIce(told) {
    if (!this.link.remoteDescription) {
      this.pending.push(told);
      return;
    }
    if (!told.candidate) return;
    try {
      await this.link.addIceCandidate({candidate: told.candidate, sdpMid: told.mid, sdpMLineIndex: told.line,
        usernameFragment: told.fragment});
    } catch (error) {
      if (!this.ignoring) console.warn("ice", error.name);
    }
  }

  get connected() {
    return this.link.connectionState === "connected";
  }

  connection() {
    clearTimeout(this.timer);
    const state = this.link.connectionState;
    if (state === "failed") this.remake();
    if (state === "disconnected") this.timer = setTimeout(() => this.connected || this.remake(), 2000);
    this.changed();
  }

  /* Find a new way to each other; what is being said stays. */
  remake() {
    if (!this.wire.up || this.link.signalingState === "closed") return;
    this.remade += 1;
    this.link.restartIce();
    this.timer = setTimeout(() => this.connected || this.remake(), 6000);
  }

  /* The other browser came back and will offer; an offer of ours that it never got is taken back. */
  async backAgain(told) {
    this.told = told;
    if (this.link.signalingState === "have-local-offer") await this.link.setLocalDescription({type: "rollback"});
    this.changed();
  }

  async replace(kind, track) {
    await this[kind]?.replaceTrack(track);
  }

  /* A picture of a paper goes straight to the other browser: its head, then its pieces. */
  async send(head, bytes) {
    const way = this.papers;
    if (way?.readyState !== "open") return;
    way.send(JSON.stringify({...head, size: bytes.byteLength}));
    for (let at = 0; at < bytes.byteLength && way.readyState === "open"; at += PIECE) {
      if (way.bufferedAmount > FULL) {
        way.bufferedAmountLowThreshold = FULL / 2;
        await new Promise((go) => way.addEventListener("bufferedamountlow", go, {once: true}));
      }
      way.send(bytes.slice(at, at + PIECE));
    }
  }

  paper(data) {
    if (typeof data === "string") {
      const head = JSON.parse(data);
      this.coming = head.size <= 8 * FULL ? {head, pieces: [], size: 0} : null;
    } else if (this.coming) {
      this.coming.pieces.push(data);
      this.coming.size += data.byteLength;
      if (this.coming.size < this.coming.head.size) return;
      const {head, pieces} = this.coming;
      this.coming = null;
      this.dispatchEvent(new CustomEvent("paper", {detail: {head, blob: new Blob(pieces, {type: "image/jpeg"})}}));
    }
  }

  close() {
    clearTimeout(this.timer);
    this.link.onconnectionstatechange = null;
    this.link.close();
  }
}
