/* A recording, made in the clerk's browser after everybody agreed: all sound mixed, all pictures side by side. */
import {post} from "./dom.js";

const WIDTH = 960, HEIGHT = 540, FRAME = 100, PIECE = 2000, LONGEST = 600; // a part lasts ten minutes at most (s)
const KINDS = ["video/webm;codecs=vp8,opus", "video/webm", "video/mp4"];

export class Recorder extends EventTarget {
  /* ``clock``: seconds since the sitting was opened. */
  constructor({mesh, videos, address, clock}) {
    super();
    Object.assign(this, {mesh, videos, address, clock});
    this.kept = []; // parts that were not taken yet
    this.heard = new Map();
  }

  get on() {
    return this.maker?.state === "recording";
  }

  start() {
    if (this.on) return;
    this.sheet = Object.assign(document.createElement("canvas"), {width: WIDTH, height: HEIGHT});
    this.sound = new AudioContext();
    this.mix = this.sound.createMediaStreamDestination();
    this.heard.clear();
    this.timer = setInterval(() => this.draw(), FRAME);
    this.draw();
    this.part();
  }

  part() {
    const stream = new MediaStream([...this.sheet.captureStream(10).getVideoTracks(), ...this.mix.stream.getAudioTracks()]);
    const mimeType = KINDS.find((one) => MediaRecorder.isTypeSupported(one));
    const maker = new MediaRecorder(stream, {mimeType, videoBitsPerSecond: 500_000, audioBitsPerSecond: 48_000});
    const began = this.clock(), pieces = [];
    maker.ondataavailable = ({data}) => { if (data.size) pieces.push(data); };
    maker.onstop = () => {
      const seconds = Math.floor(this.clock() - began);
      if (seconds >= 1) this.kept.push({recording: new Blob(pieces, {type: mimeType.split(";")[0]}), seconds,
        began: Math.ceil(began)});
      this.hand();
    };
    maker.start(PIECE);
    this.maker = maker;
    clearTimeout(this.cut);
    this.cut = setTimeout(() => { if (this.on) { maker.stop(); this.part(); } }, LONGEST * 1000);
  }

  stop() {
    if (!this.on) return;
    clearTimeout(this.cut);
    clearInterval(this.timer);
    this.maker.stop();
    setTimeout(() => this.sound.close(), 500);
  }

  hear(stream) {
    const [track] = stream.getAudioTracks();
    if (!track || this.heard.has(track.id)) return;
    this.heard.set(track.id, this.sound.createMediaStreamSource(new MediaStream([track])));
    this.heard.get(track.id).connect(this.mix);
  }

  draw() {
    const pen = this.sheet.getContext("2d"), shown = this.videos();
    this.hear(this.mesh.stream);
    for (const peer of this.mesh.peers.values()) this.hear(peer.stream);
    pen.fillStyle = "#0e2234";
    pen.fillRect(0, 0, WIDTH, HEIGHT);
    const across = Math.ceil(Math.sqrt(shown.length)), down = Math.ceil(shown.length / Math.max(1, across));
    shown.forEach(({video, name}, at) => {
      const w = WIDTH / across, t = HEIGHT / down, x = (at % across) * w, y = Math.floor(at / across) * t;
      if (video.videoWidth) {
        const scale = Math.min(w / video.videoWidth, t / video.videoHeight);
        const wide = video.videoWidth * scale, tall = video.videoHeight * scale;
        pen.drawImage(video, x + (w - wide) / 2, y + (t - tall) / 2, wide, tall);
      }
      pen.fillStyle = "#faf7f0";
      pen.font = "18px sans-serif";
      pen.fillText(name, x + 12, y + t - 14);
    });
  }

  /* Hand in what is kept; what is not taken stays here and is tried again. */
  async hand() {
    while (this.kept.length) {
      const part = this.kept[0];
      const name = part.recording.type.includes("mp4") ? "call.mp4" : "call.webm";
      const recording = new File([part.recording], name, {type: part.recording.type});
      try {
        const told = await post(this.address, {recording, began: part.began, seconds: part.seconds});
        this.kept.shift();
        this.dispatchEvent(new CustomEvent("kept", {detail: {...told, seconds: part.seconds}}));
      } catch (error) {
        if (error.code) this.kept.shift(); // refused for a reason: trying again would change nothing
        else setTimeout(() => this.hand(), 5000);
        this.dispatchEvent(new CustomEvent("unkept", {detail: error.message}));
        return;
      }
    }
  }
}
