/* Signalling: one connection that comes back by itself, says hello again and tells what it heard. */
const FINAL = new Set([1000, 4400, 4401, 4406, 4408, 4409, 4410, 4413, 4429]);
const WAITS = [300, 700, 1500, 3000, 5000], PING = 4000, SILENT = 9000;

export class Wire extends EventTarget {
  constructor(address) {
    super();
    this.address = address;
    this.socket = null;
    this.count = 0;
    this.tries = 0;
    this.before = false; // whether we were in already
    this.stopped = false;
    addEventListener("online", () => this.again(0));
  }

  open() {
    clearTimeout(this.timer);
    if (this.stopped || (this.socket && this.socket.readyState <= WebSocket.OPEN)) return;
    const socket = new WebSocket(this.address);
    this.socket = socket;
    this.heard = performance.now();
    socket.onopen = () => {
      this.say("hello", {again: this.before});
      this.beat = setInterval(() => this.pulse(socket), PING);
    };
    socket.onmessage = (event) => this.hear(JSON.parse(event.data));
    socket.onclose = (event) => this.lost(socket, event.code);
  }

  pulse(socket) {
    if (performance.now() - this.heard > SILENT) this.lost(socket, 1006);
    else this.say("ping");
  }

  hear(told) {
    this.heard = performance.now();
    if (told.type === "welcome") {
      this.before = true;
      this.tries = 0;
    }
    this.dispatchEvent(new CustomEvent(told.type, {detail: told}));
  }

  /* A close that nobody answers would take a minute: whoever is silent counts as gone at once. */
  lost(socket, code) {
    if (socket !== this.socket) return;
    clearInterval(this.beat);
    socket.onclose = null;
    socket.onmessage = null;
    socket.close();
    this.socket = null;
    const over = FINAL.has(code);
    this.dispatchEvent(new CustomEvent("down", {detail: {code, over}}));
    if (!over) this.again(WAITS[Math.min(this.tries++, WAITS.length - 1)]);
  }

  again(wait) {
    clearTimeout(this.timer);
    if (!this.stopped && !this.socket) this.timer = setTimeout(() => this.open(), wait);
  }

  get up() {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  say(type, more = {}) {
    if (!this.up) return false;
    this.socket.send(JSON.stringify({type, id: `m${++this.count}`, ...more}));
    return true;
  }

  leave() {
    this.stopped = true;
    this.say("bye");
  }
}
