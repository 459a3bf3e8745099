/* Bytes as the log has them: base64url without padding, SHA-256, and JSON as RFC 8785 has it (whole numbers only). */
export const utf8 = (text) => new TextEncoder().encode(text);
export const text = (bytes) => new TextDecoder("utf-8", {fatal: true}).decode(bytes);

export function encode64(bytes) {
  const list = new Uint8Array(bytes);
  let binary = "";
  for (let at = 0; at < list.length; at += 0x8000) binary += String.fromCharCode(...list.subarray(at, at + 0x8000));
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

export function decode64(said) {
  const binary = atob(said.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (one) => one.charCodeAt(0));
}

export const digestOf = async (bytes) => encode64(await crypto.subtle.digest("SHA-256", bytes));

/* The one spelling of a fact; anything that has two is refused here rather than signed. */
export function canonical(value) {
  if (value === true || value === false || typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw new TypeError("only whole numbers have one spelling");
    return String(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") throw new TypeError("this cannot stand in an entry");
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
}
