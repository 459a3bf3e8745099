/* Keeps the app on the phone. Each version lies in a store of its own; a new one waits until the page lets it in. */
{% load i18n %}"use strict";
const VERSION = "{{ version|escapejs }}", PAGE = "{{ page|escapejs }}", SHELL = `driftbox-${VERSION}`;
const KEPT = [{% for one in kept %}"{{ one|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
importScripts({% for one in shared %}"{{ one|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %});

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const shell = await caches.open(SHELL); // all of it or none: half a version never serves
    await shell.addAll(KEPT.map((path) => new Request(path, {cache: "reload"})));
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith("driftbox-") && name !== SHELL) await caches.delete(name);
    await self.clients.claim();
  })());
});

self.addEventListener("message", (event) => { if (event.data === "take over") self.skipWaiting(); });

const kept = async (path) => (await caches.open(SHELL)).match(path);

/* The app comes from its store, always; the other pages of the pocket from the station, or the app when there is none. */
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (KEPT.includes(url.pathname)) {
    event.respondWith((async () => (await kept(url.pathname)) || fetch(event.request))());
  } else if (event.request.mode === "navigate" && url.pathname.startsWith("/pocket/")) {
    event.respondWith(fetch(event.request).catch(async () => (await kept(PAGE)) || Response.error()));
  }
});

/* There is signal again: an open page hands in by itself; without one what is signed already goes from here. */
self.addEventListener("sync", (event) => {
  if (!event.tag.startsWith("driftbox ")) return;
  event.waitUntil((async () => {
    const open = await self.clients.matchAll({type: "window"});
    if (open.length) { for (const one of open) one.postMessage("sync"); return; }
    const {state} = await self.driftboxSend.send(event.tag.slice("driftbox ".length), {});
    if (state === "offline" || state === "station_down") throw new Error(state); // the browser tries again later
  })());
});
