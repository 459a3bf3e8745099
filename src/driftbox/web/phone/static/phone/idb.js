/* What the phone keeps, in IndexedDB. One database for each person, so that no query can reach another's work, and one
   that only says who works on this phone. Read by the page as a module and by the service worker as a plain script. */
globalThis.driftboxStore ??= (() => {
  const SHARED = {name: "driftbox", stores: {people: {keyPath: "person"}, house: {}}};
  const stores = {sealed: {}, outbox: {keyPath: "n", autoIncrement: true}, papers: {keyPath: "digest"}, state: {}};
  const open = new Map();

  const asked = (request) => new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });

  function database({name, stores: wanted}) {
    if (!open.has(name)) {
      const request = indexedDB.open(name, 1);
      request.onupgradeneeded = () => {
        for (const [store, how] of Object.entries(wanted)) request.result.createObjectStore(store, how);
      };
      open.set(name, asked(request).then((db) => {
        db.onversionchange = () => { db.close(); open.delete(name); };
        db.onclose = () => open.delete(name);
        return db;
      }, (error) => { open.delete(name); throw error; }));
    }
    return open.get(name);
  }

  /* All of `does` or nothing: `does` is given the stores and may only ask them, not wait for anything else. */
  async function together(shape, does) {
    const db = await database(shape);
    const names = Object.keys(shape.stores);
    const within = db.transaction(names, "readwrite", {durability: "strict"});
    const done = new Promise((yes, no) => {
      within.oncomplete = yes;
      within.onerror = within.onabort = () => no(within.error);
    });
    const result = await does(Object.fromEntries(names.map((name) => [name, within.objectStore(name)])), asked);
    await done;
    return result;
  }

  const of = (shape) => ({
    together: (does) => together(shape, does),
    get: (store, key) => together(shape, (all) => asked(all[store].get(key))),
    all: (store) => together(shape, (all) => asked(all[store].getAll())),
    keys: (store) => together(shape, (all) => asked(all[store].getAllKeys())),
    put: (store, value, key) => together(shape, (all) => asked(all[store].put(value, key))),
    drop: (store, key) => together(shape, (all) => asked(all[store].delete(key))),
  });

  return {
    shared: of(SHARED),
    personal: (person) => of({name: `driftbox-${person}`, stores}),
    forget: async (person) => {
      const name = `driftbox-${person}`;
      if (open.has(name)) (await open.get(name)).close();
      open.delete(name);
      await asked(indexedDB.deleteDatabase(name));
    },
  };
})();
