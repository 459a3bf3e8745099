/* A pad to sign on with a finger, pen or mouse. Without script the typed name is enough.
   What is drawn goes into the hidden field as strokes of whole numbers on a pad of 600 by 240. */
(() => {
  const SVG = "http://www.w3.org/2000/svg", WIDTH = 600, HEIGHT = 240, MOST = 4000, STROKES = 80;

  const made = (name, className, space) => {
    const node = space ? document.createElementNS(space, name) : document.createElement(name);
    if (className) node.setAttribute("class", className);
    return node;
  };
  const line = (stroke) => {
    const points = [];
    for (let at = 0; at < stroke.length; at += 2) points.push(`${stroke[at]} ${stroke[at + 1]}`);
    return `M${points[0]}L${(points.slice(1).length ? points.slice(1) : points).join(" ")}`;
  };
  const kept = (field) => {
    try { return JSON.parse(field.value || "[]").filter((stroke) => stroke.length > 1); } catch { return []; }
  };

  function pad(field) {
    const frame = made("div", "field signing"), sheet = made("svg", "pad", SVG), ink = made("path", "", SVG);
    const label = made("p", "hint"), clear = made("button", "button line");
    let strokes = kept(field), stroke = null;
    const size = () => strokes.reduce((sum, one) => sum + one.length, 0);
    const show = () => {
      ink.setAttribute("d", strokes.map(line).join(""));
      field.value = strokes.length ? JSON.stringify(strokes) : "";
    };
    const point = (event) => {
      const box = sheet.getBoundingClientRect();
      const within = (share, most) => Math.max(0, Math.min(most, Math.round(share * most)));
      return [within((event.clientX - box.left) / box.width, WIDTH), within((event.clientY - box.top) / box.height, HEIGHT)];
    };
    sheet.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT}`);
    sheet.setAttribute("role", "img");
    sheet.setAttribute("aria-label", field.dataset.pad);
    label.textContent = field.dataset.pad;
    clear.type = "button";
    clear.textContent = field.dataset.clear;
    sheet.addEventListener("pointerdown", (event) => {
      if (!event.isPrimary || event.button || strokes.length >= STROKES) return;
      event.preventDefault();
      sheet.setPointerCapture(event.pointerId);
      stroke = point(event);
      strokes.push(stroke);
      show();
    });
    sheet.addEventListener("pointermove", (event) => {
      if (!stroke || !event.isPrimary || size() >= MOST) return;
      const [x, y] = point(event), [lastX, lastY] = stroke.slice(-2);
      if (Math.hypot(x - lastX, y - lastY) < 3) return;
      stroke.push(x, y);
      show();
    });
    for (const end of ["pointerup", "pointercancel"]) sheet.addEventListener(end, () => { stroke = null; });
    clear.addEventListener("click", () => { strokes = []; stroke = null; show(); });
    sheet.append(ink);
    frame.append(label, sheet, clear);
    field.after(frame);
    show();
  }

  /* fields that only one kind of proof needs stay away until it is chosen */
  function proof(choice) {
    const needed = choice.form.querySelectorAll("[data-when]");
    const show = () => needed.forEach((input) => {
      input.closest(".field").hidden = !input.dataset.when.split(" ").includes(choice.value);
    });
    choice.addEventListener("change", show);
    show();
  }

  document.querySelectorAll("input[data-pad]").forEach(pad);
  document.querySelectorAll("select[name=proof]").forEach(proof);
})();
