// Receiving by scan: the code is posted like without script, and of the page that comes back only what it changes is
// taken, so that the camera goes on.
const form = document.getElementById("receive-form");
const add = document.getElementById("receive-add");
const view = document.getElementById("camera-view");
const field = () => document.getElementById("receive-code");
let isBusy = false;

async function scan() {
  if (isBusy) return;
  isBusy = true;
  const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form, add)) }).catch(
    () => null,
  );
  isBusy = false;
  if (!answer?.headers.get("content-type")?.startsWith("text/html")) {
    document.querySelector("#receive-said [role=status]").textContent = "The network does not answer. Scan it again.";
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const id of ["receive-said", "receive-lines"]) {
    const [here, there] = [document, page].map((each) => each.getElementById(id));
    if (!there) return location.reload();
    here.replaceChildren(...there.childNodes);
  }
  const problem = document.querySelector("#receive-said .field-error");
  const said = document.querySelector("#receive-said [role=status]").textContent;
  // What is replaced is not read out by itself.
  document.getElementById(problem ? "live-assertive" : "live-polite").textContent = problem?.textContent ?? said;
  if (!view.hidden) return;
  field().focus();
  field().select();
}

form.addEventListener("submit", (event) => {
  if (event.submitter !== add) return;
  event.preventDefault();
  scan();
});

if (navigator.mediaDevices) {
  document.getElementById("camera-start").hidden = false;
  document.getElementById("camera-button").addEventListener("click", async () => {
    const { watch } = await import(view.dataset.camera);
    await watch(view, (code) => {
      field().value = code.replaceAll("\u001d", "\u241d"); // no field holds a control character
      form.requestSubmit(add);
    });
  });
}
// A hand scanner types into whatever has the focus; on a phone that would open the keyboard.
if (matchMedia("(pointer: fine)").matches && !document.querySelector(".error-summary")) field().focus();
