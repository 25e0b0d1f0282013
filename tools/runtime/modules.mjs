// The files of one worker's folder as miniflare's module manifest wants them.
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";

// The SDK imports its own JavaScript as ES modules when a worker runs; wrangler types it likewise.
const SDK_SCRIPT = /^python_modules\/workers\/.*\.m?js$/;

function typeOf(name) {
  if (name.endsWith(".py")) return "python";
  return SDK_SCRIPT.test(name) ? "esm" : "data";
}

/** Returns { [module name]: { type, contents } } for every file below `folder`; names start with `prefix`. */
export function readModules(folder, prefix = "") {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      const name = prefix + path.relative(folder, file);
      const type = typeOf(name);
      return [name, { type, contents: readFileSync(file, type === "data" ? null : "utf8") }];
    }),
  );
}
