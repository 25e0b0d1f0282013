// Reads codes with the camera: by the browser's own detector or, where it has none (Safari, Firefox, desktops),
// by ZXing, which is loaded only then. The page needs the right to use the camera.

/** Names of the browser's detector, and of ZXing. */
const FORMATS = {
  upc_a: "UPC_A",
  upc_e: "UPC_E",
  ean_8: "EAN_8",
  ean_13: "EAN_13",
  code_39: "CODE_39",
  code_93: "CODE_93",
  code_128: "CODE_128",
  codabar: "CODABAR",
  qr_code: "QR_CODE",
  data_matrix: "DATA_MATRIX",
};
/** A code is taken again once it was out of sight for so long. */
const AGAIN_AFTER_MS = 1000;
/** More pixels are read slower and hardly better. */
const LONGEST_SIDE = 960;

/** The browser's own reader of a video's picture, or null. */
async function ownReader() {
  const known = (await window.BarcodeDetector?.getSupportedFormats()) ?? [];
  const formats = Object.keys(FORMATS).filter((format) => known.includes(format));
  if (!formats.includes("code_128")) return null; // there may be a detector for QR codes alone
  const detector = new BarcodeDetector({ formats });
  return async (video) => (await detector.detect(video).catch(() => []))[0]?.rawValue;
}

function load(source) {
  return new Promise((loaded, failed) => {
    const script = Object.assign(document.createElement("script"), { src: source });
    script.addEventListener("load", loaded);
    script.addEventListener("error", failed);
    document.head.append(script);
  });
}

/** The brightness of what a video shows, a byte a pixel. */
function picture(video, canvas) {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(video.videoWidth, video.videoHeight));
  const [width, height] = [video.videoWidth, video.videoHeight].map((side) => Math.round(side * scale));
  Object.assign(canvas, { width, height });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(video, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  const grey = new Uint8ClampedArray(width * height);
  for (let at = 0; at < grey.length; at += 1) {
    grey[at] = (data[4 * at] * 299 + data[4 * at + 1] * 587 + data[4 * at + 2] * 114) / 1000;
  }
  return { grey, width, height };
}

async function packagedReader(source) {
  if (!window.ZXing) await load(source);
  const { BarcodeFormat, BinaryBitmap, DecodeHintType, HybridBinarizer, MultiFormatReader, RGBLuminanceSource } =
    window.ZXing;
  const reader = new MultiFormatReader();
  const formats = Object.values(FORMATS).map((name) => BarcodeFormat[name]);
  // As GS1 a Code 128 keeps the separators between its elements; one that is none has none to keep.
  reader.setHints(
    new Map([
      [DecodeHintType.POSSIBLE_FORMATS, formats],
      [DecodeHintType.TRY_HARDER, true],
      [DecodeHintType.ASSUME_GS1, true],
    ]),
  );
  const canvas = document.createElement("canvas");
  return async (video) => {
    const { grey, width, height } = picture(video, canvas);
    const bitmap = new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(grey, width, height)));
    try {
      return reader.decodeWithState(bitmap).getText();
    } catch {
      return undefined; // no code in the picture, or none that can be read
    }
  };
}

function beep() {
  const audio = new AudioContext();
  const tone = new OscillatorNode(audio, { frequency: 1000 });
  tone.connect(new GainNode(audio, { gain: 0.1 })).connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + 0.1);
  tone.addEventListener("ended", () => audio.close());
}

/** Shows the camera in `view`, which names the source of ZXing, and hands over each code that comes into sight. */
export async function watch(view, take) {
  const status = view.querySelector("[role=status]");
  const video = view.querySelector("video");
  view.hidden = false;
  status.textContent = "The camera is starting.";
  let read;
  try {
    read = (await ownReader()) ?? (await packagedReader(view.dataset.reader));
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    await video.play();
  } catch {
    status.textContent = "The camera is not available. Type the code instead.";
    return;
  }
  addEventListener("pagehide", () => video.srcObject.getTracks().forEach((track) => track.stop()));
  status.textContent = "Hold a code in front of the camera.";
  let last = { code: "", at: 0 };
  const look = async () => {
    const code = await read(video);
    if (code) {
      const isNew = code !== last.code || performance.now() - last.at >= AGAIN_AFTER_MS;
      last = { code, at: performance.now() };
      if (isNew) {
        navigator.vibrate?.(100);
        beep();
        take(code);
      }
    }
    video.requestVideoFrameCallback(look);
  };
  video.requestVideoFrameCallback(look);
}
