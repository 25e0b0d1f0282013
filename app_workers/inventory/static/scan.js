// Scanning with the camera, where the browser has a barcode detector; the field works everywhere without.
const FORMATS = ["upc_a", "upc_e", "ean_8", "ean_13", "code_39", "code_93", "code_128", "codabar", "qr_code", "data_matrix"];
const AGAIN_AFTER_MS = 1000;
const form = document.getElementById("scan-form");
const field = document.getElementById("scan-code");
const view = document.getElementById("scan-view");
const status = document.getElementById("scan-status");
let last = { code: "", at: 0 };

// The separator of GS1 elements is a control character, which no address may hold: its picture stands for it.
const typed = (code) => code.replaceAll("\u001d", "\u241d");

function beep() {
  const audio = new AudioContext();
  const tone = new OscillatorNode(audio, { frequency: 1000 });
  tone.connect(new GainNode(audio, { gain: 0.1 })).connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + 0.1);
  return new Promise((done) => (tone.onended = done));
}

async function take(code) {
  if (code === last.code && performance.now() - last.at < AGAIN_AFTER_MS) return;
  last = { code, at: performance.now() };
  navigator.vibrate?.(100);
  field.value = typed(code);
  await beep().catch(() => {});
  form.requestSubmit();
}

async function start() {
  const known = await BarcodeDetector.getSupportedFormats();
  const detector = new BarcodeDetector({ formats: FORMATS.filter((format) => known.includes(format)) });
  const video = view.querySelector("video");
  view.hidden = false;
  try {
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    status.textContent = "The camera is not available. Type the code instead.";
    return;
  }
  await video.play();
  status.textContent = "Hold a code in front of the camera.";
  addEventListener("pagehide", () => video.srcObject.getTracks().forEach((track) => track.stop()));
  const look = async () => {
    const [found] = await detector.detect(video).catch(() => []);
    if (found) await take(found.rawValue);
    video.requestVideoFrameCallback(look);
  };
  video.requestVideoFrameCallback(look);
}

if ("BarcodeDetector" in window && navigator.mediaDevices) {
  document.getElementById("scan-start").hidden = false;
  document.getElementById("scan-camera").addEventListener("click", start);
}
// A hand scanner types into whatever has the focus, so the field has it first; on a phone that would open the keyboard.
if (matchMedia("(pointer: fine)").matches) field.focus();
