/* Reads the code on the phone, so that no photograph is sent. Where the browser cannot, the server reads it. */
(() => {
  const form = document.getElementById("scan");
  if (!form || !("BarcodeDetector" in window)) return;
  const photo = form.querySelector("input[type=file]"), says = document.getElementById("scan-says");
  const hosts = [location.host, ...form.dataset.hosts.split(" ")];
  const address = /^https?:/i, ours = /^\/(l|b)\/[^/]+\/|^\/track\/find\//;

  const wayOf = (text) => {
    if (!address.test(text)) return `${location.pathname}?code=${encodeURIComponent(text.slice(0, 60))}`;
    const url = new URL(text);
    return hosts.includes(url.host) && ours.test(url.pathname) ? url.pathname + url.search : "";
  };

  photo.addEventListener("change", async () => {
    if (!photo.files.length) return;
    says.textContent = form.dataset.looking;
    try {
      const found = await new BarcodeDetector({formats: ["qr_code"]}).detect(await createImageBitmap(photo.files[0]));
      const way = found.map((code) => wayOf(code.rawValue)).find(Boolean);
      if (way) { location.assign(way); return; }
    } catch { /* the server looks instead */ }
    says.textContent = "";
  });
})();
