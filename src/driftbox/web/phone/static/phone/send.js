/* Handing in: what is in the outbox goes to the station, oldest first, as often as it takes; the station knows what it
   has, so twice is once. Read by the page as a module and by the service worker as a plain script. */
globalThis.driftboxSend ??= (() => {
  const BASE = "/pocket/app/", BATCH = 50, SMALL = 16_384, CHUNK = 65_536, TOLERANCE = 5 * 60_000, PATIENCE = 30_000;
  const encode64 = (bytes) => {
    let binary = "";
    for (const one of new Uint8Array(bytes)) binary += String.fromCharCode(one);
    return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  };
  const bytesOf = (said) => (typeof said === "string" ? new TextEncoder().encode(said) : said);

  class Stop extends Error { constructor(state, sentence = "") { super(state); this.state = state; this.sentence = sentence; } }

  /* What the phone says is signed with its own key, so that a session alone cannot hand in for it. */
  async function signed(me, method, path, body) {
    const digest = encode64(await crypto.subtle.digest("SHA-256", bytesOf(body)));
    const words = new TextEncoder().encode(`driftbox phone\n${method}\n${path}\n${digest}`);
    const signature = await crypto.subtle.sign({name: "ECDSA", hash: "SHA-256"}, me.key, words);
    return {"X-Driftbox-Phone": me.node, "X-Driftbox-Signature": encode64(signature), "X-CSRFToken": me.csrf};
  }

  async function ask(method, path, {body, headers = {}} = {}) {
    let answer;
    try {
      answer = await fetch(path, {method, body, headers, redirect: "manual", cache: "no-store",
        credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE)});
    } catch { throw new Stop("offline"); }
    if (answer.type === "opaqueredirect") throw new Stop("signed_out");
    const json = (answer.headers.get("Content-Type") || "").includes("json");
    return {status: answer.status, said: json ? await answer.json().catch(() => { throw new Stop("offline"); }) : null, date: answer.headers.get("Date")};
  }

  async function post(me, path, body, more = {}) {
    const answer = await ask("POST", path, {body, headers: {...more, ...await signed(me, "POST", path, body)}});
    if (answer.status >= 500 || (answer.status === 403 && !answer.said)) throw new Stop("station_down");
    return answer;
  }

  /* Who is signed in, what time it is there, and what it has of this phone. */
  async function hello(me, kept) {
    const before = Date.now();
    const answer = await ask("GET", `${BASE}hello/?node=${encodeURIComponent(me?.node || "")}&kept=${kept}&clock=${before}`);
    if (answer.status === 403) throw new Stop("not_yours");
    if (answer.status !== 200 || !answer.said) throw new Stop("station_down");
    const after = Date.now();
    return {...answer.said, offset: answer.said.now - Math.round((before + after) / 2), met: after};
  }

  async function sendPaper(me, store, paper) {
    const path = `${BASE}paper/${paper.digest}/`;
    let at = paper.sent;
    while (at < paper.data.byteLength) {
      const piece = paper.data.slice(at, at + CHUNK);
      const answer = await post(me, path, piece, {"Content-Type": "application/octet-stream",
        "X-Docket": paper.docket, "X-Media": paper.media, "X-Offset": String(at),
        "X-Total": String(paper.data.byteLength)});
      if (answer.status === 200 || answer.status === 409) at = answer.said.has; // the station says where to go on
      if (answer.status === 200 && answer.said.done) break;
      if (answer.status !== 200 && answer.status !== 409) {
        await store.put("papers", {...paper, state: "refused", code: answer.said?.code, said: answer.said?.sentence});
        return;
      }
      await store.put("papers", {...paper, sent: at, state: "waiting"});
    }
    await store.put("papers", {...paper, data: new Uint8Array(), sent: paper.data.byteLength, state: "in"});
  }

  async function sendEntries(me, store, waiting) {
    for (let at = 0; at < waiting.length; at += BATCH) {
      const batch = waiting.slice(at, at + BATCH);
      await store.together(async (all, asked) => { // from here on they may be known there: never signed afresh
        for (const one of batch) if (!one.tried) await asked(all.outbox.put({...one, tried: true}));
      });
      const body = JSON.stringify({entries: batch.map((one) => one.raw)});
      const answer = await post(me, `${BASE}entries/`, body, {"Content-Type": "application/json"});
      if (answer.status !== 200) {
        await store.together(async (all, asked) => {
          for (const one of batch) {
            await asked(all.outbox.put({...one, tried: true, state: "refused", code: answer.said?.code || String(answer.status),
              said: answer.said?.sentence || "", who: answer.said?.who || ""}));
          }
        });
        continue;
      }
      await store.together(async (all, asked) => {
        for (const [i, result] of answer.said.results.entries()) {
          const {state, code, sentence, who} = result;
          await asked(all.outbox.put({...batch[i], tried: true, state, code, said: sentence, who}));
        }
      });
    }
  }

  /* Hand in for one person. `hooks.before(hello)` does what only the open page can: intakes, a clock set right. */
  async function run(person, hooks = {}) {
    const store = globalThis.driftboxStore.personal(person);
    const [key, node] = [await store.get("state", "key"), await store.get("state", "node")];
    const unsent = (list) => list.filter((one) => one.state !== "in");
    const kept = async () => unsent(await store.all("outbox")).length + (hooks.more ? await hooks.more() : 0);
    const me = {key: key?.privateKey, node: node || "", csrf: ""};
    const met = await hello(me, await kept());
    if (met.person !== person) throw new Stop("somebody_else");
    me.csrf = met.csrf;
    await store.together(async (all, asked) => {
      await asked(all.state.put(met.met, "met"));
      await asked(all.state.put(met.offset, "offset"));
      await asked(all.state.put(met.phone, "standing"));
    });
    if (!node || met.phone === "unknown") throw new Stop("not_enrolled");
    if (hooks.before) await hooks.before(met, me, post);
    const all = unsent(await store.all("outbox"));
    const ready = all.filter((one) => one.tried || Math.abs(one.offset - met.offset) <= TOLERANCE);
    const papers = (await store.all("papers")).filter((one) => one.state === "waiting" || one.state === "refused");
    for (const paper of papers.filter((one) => one.data.byteLength <= SMALL)) await sendPaper(me, store, paper);
    await sendEntries(me, store, ready);
    for (const paper of papers.filter((one) => one.data.byteLength > SMALL)) {
      await sendPaper(me, store, paper);
      hooks.progress?.();
    }
    await hello(me, await kept()); // so that the station knows how much is still here
    return met;
  }

  /* Only one of page and worker hands in at a time. Returns {state, sentence, met}. */
  async function send(person, hooks) {
    return navigator.locks.request(`driftbox-send-${person}`, {ifAvailable: true}, async (lock) => {
      if (!lock) return {state: "busy"};
      try {
        return {state: "met", met: await run(person, hooks)};
      } catch (error) {
        if (error instanceof Stop) return {state: error.state, sentence: error.sentence};
        throw error;
      }
    });
  }

  return {send, hello, ask, post, signed, Stop, BASE};
})();
