/* The screen clears itself when nobody touches it; what is typed is written down every few seconds. */
(() => {
  const {idle, home} = document.body.dataset;
  let timer = 0;
  const again = () => {
    clearTimeout(timer);
    if (idle && location.pathname !== home) timer = setTimeout(() => location.replace(home), Number(idle) * 1000);
  };
  for (const kind of ["pointerdown", "keydown", "input", "scroll"]) addEventListener(kind, again, {passive: true});
  again();

  const area = document.querySelector("textarea[data-keep]");
  if (!area) return;
  let kept = area.value, later = 0;
  const keep = async () => {
    if (area.value === kept) return;
    const words = area.value, sent = new FormData();
    sent.set("csrfmiddlewaretoken", area.form.elements.csrfmiddlewaretoken.value);
    sent.set("keep", "1");
    sent.set("words", words);
    try {
      const answer = await fetch(location.pathname, {method: "POST", body: sent, redirect: "manual"});
      if (answer.status === 204) kept = words;
    } catch { /* the page's own button sends it */ }
  };
  area.addEventListener("input", () => { clearTimeout(later); later = setTimeout(keep, 1500); });
})();
