// The files of one worker's folder as miniflare's module manifest wants them.
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";

function typeOf(name) {
  if (name.endsWith(".py")) return "python";
  // The SDK imports JavaScript of its own when a worker runs.
  return /\.m?js$/.test(name) ? "esm" : "data";
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
