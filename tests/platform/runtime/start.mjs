// Starts workers in one workerd, asks each once, and prints what they answered and when, as JSON.
//
// node start.mjs <JSON: { date, workers: [{ name, folder, mainModule, flags }] }>
import { Miniflare } from "miniflare";
import { readModules } from "../../../tools/runtime/modules.mjs";

const { date, workers } = JSON.parse(process.argv[2]);
const started = performance.now();
const miniflare = new Miniflare({
  host: "127.0.0.1",
  cf: false,
  workers: workers.map(({ name, folder, mainModule, flags }) => ({
    config: {
      name,
      compatibilityDate: date,
      compatibilityFlags: ["python_workers", ...flags],
      manifest: { mainModule, modules: readModules(folder) },
    },
  })),
});
try {
  const answers = {};
  for (const { name } of workers) {
    const worker = await miniflare.getWorker(name);
    answers[name] = await (await worker.fetch("http://worker.test/")).text();
  }
  console.log(JSON.stringify({ answers, seconds: (performance.now() - started) / 1000 }));
} finally {
  await miniflare.dispose();
}
