// Back to the start when nobody is there, with a warning before.

const WARNING_S = 20;
const dialog = document.getElementById("still-here");
const seconds = dialog.querySelector("[data-seconds]");
let left;

function stay() {
  left = Number(document.body.dataset.timeout);
  if (dialog.open) dialog.close();
}

setInterval(() => {
  left -= 1;
  if (left <= 0) location.assign(document.body.dataset.restart);
  if (left > WARNING_S) return;
  seconds.textContent = Math.max(left, 0);
  if (!dialog.open) dialog.showModal();
}, 1000);

document.addEventListener("keydown", stay);
document.addEventListener("pointerdown", stay);
stay();
