/* Says with every form when the phone thinks it is, so that a clock that is wrong is noticed. */
document.addEventListener("submit", (event) => {
  for (const name of ["claimed", "sent"]) {
    const field = event.target.elements.namedItem(name);
    if (field) field.value = new Date().toISOString();
  }
});
