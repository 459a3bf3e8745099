/* Before the call: see yourself, see your voice move, hear two notes. The queue is asked again without a reload. */
import {$, say} from "./dom.js";
import {listen, ring, take, usable} from "./camera.js";

const AGAIN = 4000, TRIES = 3;

async function look() {
  try {
    const answer = await fetch(location.href, {headers: {"X-Requested-With": "fetch"}});
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const turn = page.getElementById("ahead");
    if (!turn) location.reload();
    else if ($("ahead").textContent !== turn.textContent) $("ahead").replaceChildren(...turn.childNodes);
    $("offline").hidden = true;
    failed = 0;
  } catch {
    failed += 1;
    $("offline").hidden = failed < TRIES;
  }
}

let failed = 0, stop = () => {}, held = null;

async function check() {
  stop();
  held?.getTracks().forEach((track) => track.stop());
  const {stream, trouble} = await take();
  held = stream;
  $("see").srcObject = stream;
  $("see-frame").hidden = !stream.getVideoTracks().length;
  $("hear").hidden = !stream.getAudioTracks().length;
  $("trouble").textContent = trouble ? say(`trouble.${trouble}`) : "";
  $("trouble").hidden = !trouble;
  $("try").textContent = say(trouble ? "check.again" : "check.on");
  $("checked").hidden = Boolean(trouble);
  $("try").className = `button big full ${trouble ? "act" : "line"}`;
  stop = listen(stream, (loud) => { $("level").value = loud; });
}

$("checking").hidden = false;
if (!usable()) {
  $("trouble").textContent = say("trouble.insecure");
  $("trouble").hidden = false;
}
$("try").addEventListener("click", check);
$("ring").addEventListener("click", ring);
setInterval(look, AGAIN);
