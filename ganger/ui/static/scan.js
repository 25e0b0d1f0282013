// Scanning with the camera; the field works everywhere without.
const view = document.getElementById("camera-view");
const field = document.getElementById(view.dataset.into);

// The separator of GS1 elements is a control character, which no address may hold: its picture stands for it.
const typed = (code) => code.replaceAll("\u001d", "\u241d");

function take(code) {
  field.value = typed(code);
  field.form.requestSubmit();
}

if (navigator.mediaDevices) {
  document.getElementById("camera-start").hidden = false;
  document.getElementById("camera-button").addEventListener("click", async () => {
    const { watch } = await import(view.dataset.camera);
    await watch(view, take);
  });
}
// A hand scanner types into whatever has the focus, so the field has it first; on a phone that would open the keyboard.
if (matchMedia("(pointer: fine)").matches) field.focus();
