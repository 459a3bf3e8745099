/* Papers sealed on the phone exactly as the station seals them: nonce, then AES-256-GCM, bound to the docket. */
import {decode64, digestOf, utf8} from "./canon.js";

const NONCE = 12, LONGEST = 1600, QUALITY = 0.8, WIDTH = 600, HEIGHT = 240;

export const docketKey = (raw) =>
  crypto.subtle.importKey("raw", decode64(raw), "AES-GCM", false, ["encrypt", "decrypt"]);

export async function sealPaper(key, docket, bytes, media) {
  const iv = crypto.getRandomValues(new Uint8Array(NONCE));
  const closed = await crypto.subtle.encrypt({name: "AES-GCM", iv, additionalData: utf8(docket)}, key, bytes);
  const data = new Uint8Array(NONCE + closed.byteLength);
  data.set(iv);
  data.set(new Uint8Array(closed), NONCE);
  return {digest: await digestOf(data), docket, media, size: bytes.byteLength, data, sent: 0, state: "draft"};
}

export async function openPaper(key, paper) {
  const how = {name: "AES-GCM", iv: paper.data.slice(0, NONCE), additionalData: utf8(paper.docket)};
  return new Uint8Array(await crypto.subtle.decrypt(how, key, paper.data.slice(NONCE)));
}

/* The photograph small enough for a slow link. Drawn anew, so nothing that the camera wrote beside it is left. */
export async function smallPhoto(file) {
  const picture = await createImageBitmap(file, {imageOrientation: "from-image"});
  const share = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * share));
  canvas.height = Math.max(1, Math.round(picture.height * share));
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff"; // what was see-through becomes paper, not night
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise((done) => { canvas.toBlob(done, "image/jpeg", QUALITY); });
  if (!blob) throw new TypeError("not a photograph");
  return new Uint8Array(await blob.arrayBuffer());
}

function line(stroke) {
  const points = [];
  for (let at = 0; at < stroke.length; at += 2) points.push(`${stroke[at]} ${stroke[at + 1]}`);
  return `M${points[0]}L${(points.slice(1).length ? points.slice(1) : points).join(" ")}`;
}

/* A signature as the station draws one; it takes no other drawing. */
export function drawing(strokes) {
  return utf8(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}">`
    + `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`
    + `<path d="${strokes.map(line).join("")}" fill="none" stroke="#0E2234" stroke-width="5" stroke-linecap="round"`
    + ' stroke-linejoin="round"/></svg>',
  );
}
