// What HTML cannot say of a checkbox: the mixed state, and Enter on a switch.

for (const box of document.querySelectorAll("[data-mixed]")) box.indeterminate = true;

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches("[role=switch]")) return;
  // Otherwise Enter would send the form.
  event.preventDefault();
  event.target.click();
});
