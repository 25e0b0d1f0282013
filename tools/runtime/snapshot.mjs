// Starts one Python worker, so that workerd writes the memory of its Python to a file; then ends.
//
// node snapshot.mjs <worker folder> <main module> <compatibility date> <compatibility flag>...
// MINIFLARE_WORKERD_PATH names a launcher whose `serve` saves the snapshot.
import { Miniflare } from "miniflare";
import { readModules } from "./modules.mjs";

const [folder, mainModule, compatibilityDate, ...compatibilityFlags] = process.argv.slice(2);
const manifest = { mainModule, modules: readModules(folder) };
const config = { name: "snapshot", compatibilityDate, compatibilityFlags, manifest };
const miniflare = new Miniflare({ host: "127.0.0.1", cf: false, workers: [{ config }] });
try {
  // workerd listens only after it has written the snapshot. It would then serve for ever.
  await miniflare.ready;
} finally {
  await miniflare.dispose();
}
