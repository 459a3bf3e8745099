/* Elements and sentences. What is said stands in the page, in the reader's language; here it has keys. */
const words = new Map([...document.getElementById("words").content.children].map((one) => [one.dataset.w, one.textContent]));

export const $ = (name) => document.getElementById(name);
export const say = (key, gaps = {}) => (words.get(key) ?? key).replace(/\{(\w+)\}/g, (gap, name) => gaps[name] ?? gap);

export function h(name, attributes = {}, ...inside) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...inside.flat().filter((one) => one !== null && one !== undefined && one !== false));
  return node;
}

export const minutes = (seconds) =>
  `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

/* Send a form's worth of things to our own pages; a refusal is an error that bears its sentence. */
export async function post(address, things) {
  const body = new FormData();
  for (const [name, value] of Object.entries(things)) body.append(name, value);
  const token = document.querySelector("input[name=csrfmiddlewaretoken]").value;
  const answer = await fetch(address, {method: "POST", body, headers: {"X-CSRFToken": token}});
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw Object.assign(new Error(told.sentence || say("unsent")), {said: told.sentence, code: told.code});
  return told;
}
