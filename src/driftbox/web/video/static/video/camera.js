/* Camera and microphone: asked for together, then sound alone; what went wrong is one word that has a sentence. */
const SOUND = {echoCancellation: true, noiseSuppression: true, autoGainControl: true};
const PICTURE = {width: {ideal: 1280}, height: {ideal: 720}, frameRate: {ideal: 24, max: 30}};
const WHY = {NotFoundError: "none", OverconstrainedError: "none", NotAllowedError: "refused", SecurityError: "refused",
  NotReadableError: "busy", AbortError: "busy"};

export const why = (error) => WHY[error?.name] ?? "busy";
export const usable = () => window.isSecureContext && Boolean(navigator.mediaDevices?.getUserMedia);

/* {stream, trouble}: ``trouble`` is empty, or insecure, none, refused, busy; the stream may have sound alone. */
export async function take(facing = "user") {
  if (!usable()) return {stream: new MediaStream(), trouble: "insecure"};
  const media = navigator.mediaDevices;
  try {
    return {stream: await media.getUserMedia({audio: SOUND, video: {...PICTURE, facingMode: facing}}), trouble: ""};
  } catch (error) {
    const trouble = why(error);
    for (const wish of [{audio: SOUND}, {video: PICTURE}]) {
      try {
        return {stream: await media.getUserMedia(wish), trouble};
      } catch { /* the next wish */ }
    }
    return {stream: new MediaStream(), trouble};
  }
}

export const picture = (facing) => navigator.mediaDevices.getUserMedia({video: {...PICTURE, facingMode: facing}});

/* How loud a stream is, 0 to 1, told ten times a second; returns how to stop. */
export function listen(stream, told) {
  if (!stream.getAudioTracks().length) return () => {};
  const context = new AudioContext(), ear = context.createAnalyser(), heard = new Uint8Array(256);
  ear.fftSize = 512;
  context.createMediaStreamSource(stream).connect(ear);
  const timer = setInterval(() => {
    ear.getByteTimeDomainData(heard);
    const most = heard.reduce((so, one) => Math.max(so, Math.abs(one - 128)), 0);
    told(Math.min(1, most / 90));
  }, 100);
  return () => { clearInterval(timer); context.close(); };
}

/* Two notes, to be heard. */
export function ring() {
  const context = new AudioContext(), now = context.currentTime;
  [523, 659].forEach((pitch, at) => {
    const note = context.createOscillator(), loud = context.createGain();
    note.frequency.value = pitch;
    loud.gain.setValueAtTime(0.2, now + at * 0.4);
    loud.gain.exponentialRampToValueAtTime(0.001, now + at * 0.4 + 0.38);
    note.connect(loud).connect(context.destination);
    note.start(now + at * 0.4);
    note.stop(now + at * 0.4 + 0.4);
  });
  setTimeout(() => context.close(), 1200);
}

/* A sharp picture of what the camera sees, as sharp as the camera can. */
export async function still(video) {
  const [track] = video.srcObject?.getVideoTracks() ?? [];
  if (track && "ImageCapture" in window) {
    const late = new Promise((_go, stop) => { setTimeout(() => stop(new Error("late")), 2500); });
    try {
      const blob = await Promise.race([new ImageCapture(track).takePhoto(), late]);
      if (blob.size && ["image/jpeg", "image/png"].includes(blob.type)) return blob;
    } catch { /* the picture that is shown will do */ }
  }
  return drawn(video, video.videoWidth, video.videoHeight);
}

/* Something drawn in this size, as a picture. */
export function drawn(source, width, height, quality = 0.92) {
  const sheet = document.createElement("canvas");
  sheet.width = width;
  sheet.height = height;
  sheet.getContext("2d").drawImage(source, 0, 0, width, height);
  return new Promise((go) => { sheet.toBlob(go, "image/jpeg", quality); });
}
