/* A spoken statement: one large button; what was said goes to this machine at once, and nowhere else.
   Without MediaRecorder or a microphone the file field and the typed words stay. */
(() => {
  const box = document.querySelector("[data-sound]");
  if (!box || !window.MediaRecorder || !navigator.mediaDevices) return;
  const {start, stop, again, kept, failed, seconds} = box.dataset;
  const form = box.closest("form"), field = form.elements.recording.closest(".field");
  const button = document.createElement("button"), said = document.createElement("output");
  let recorder = null, timer = 0, at = 0;
  button.type = "button";
  button.className = `button rec big${"first" in box.dataset ? " act" : ""}`;
  button.textContent = "held" in box.dataset ? again : start;
  said.setAttribute("role", "status");
  field.hidden = true;

  const clock = () => `${Math.floor(at / 60)}:${String(at % 60).padStart(2, "0")}`;
  const tick = () => {
    at += 1;
    said.textContent = clock();
    if (at >= Number(seconds)) recorder.stop();
  };
  const send = async (blob) => {
    const sent = new FormData(form);
    sent.set("recording", blob, "said");
    try {
      const answer = await fetch(location.pathname, {method: "POST", body: sent});
      if (!answer.ok) throw new Error(String(answer.status));
      box.dataset.held = "";
      said.textContent = `${kept} ${clock()}`;
      button.textContent = again;
    } catch { fail(); }
  };
  const fail = () => {
    said.textContent = failed;
    button.textContent = start;
    field.hidden = false;
  };
  const begin = async () => {
    const stream = await navigator.mediaDevices.getUserMedia({audio: true});
    const parts = [];
    recorder = new MediaRecorder(stream, {audioBitsPerSecond: 24000});
    recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
    recorder.addEventListener("stop", () => {
      clearInterval(timer);
      stream.getTracks().forEach((track) => track.stop());
      box.classList.remove("on");
      send(new Blob(parts, {type: recorder.mimeType}));
      recorder = null;
    });
    recorder.start();
    at = 0;
    said.textContent = clock();
    timer = setInterval(tick, 1000);
    box.classList.add("on");
    button.textContent = stop;
  };
  button.addEventListener("click", () => {
    if (recorder) recorder.stop();
    else begin().catch(fail);
  });
  box.append(button, said);
})();
