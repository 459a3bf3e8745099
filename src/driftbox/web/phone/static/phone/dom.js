/* Small helpers to build pages: elements by name, sentences by key. Words are always text, never markup. */
const words = new Map();
export let language = "zh-hans";

export function speak(list, code) {
  words.clear();
  for (const [key, sentence] of Object.entries(list)) words.set(key, sentence);
  language = code;
  document.documentElement.lang = code === "en" ? "en" : "zh-CN";
}

/* The sentence of a key with its gaps filled. */
export function say(key, gaps = {}) {
  return (words.get(key) ?? key).replace(/\{(\w+)\}/g, (gap, name) => gaps[name] ?? gap);
}

export function h(name, attributes = {}, ...inside) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...inside.flat(2).filter((one) => one !== null && one !== undefined && one !== false));
  return node;
}

const ZONE = document.documentElement.dataset.zone || undefined;
export const clock = (ms) => new Intl.DateTimeFormat(language === "en" ? "en-GB" : "zh-CN",
  {hour: "2-digit", minute: "2-digit", hour12: false, timeZone: ZONE}).format(ms);
export const day = (ms) => new Intl.DateTimeFormat(language === "en" ? "en-GB" : "zh-CN",
  {month: "long", day: "numeric", weekday: "short", timeZone: ZONE}).format(ms);
/* A time of today by the clock, an older one with its day. */
export const moment = (ms) => (day(ms) === day(Date.now()) ? clock(ms) : `${day(ms)} ${clock(ms)}`);
