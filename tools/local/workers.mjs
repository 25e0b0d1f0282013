// Built folders as miniflare's options.
import { existsSync } from "node:fs";
import path from "node:path";
import { unstable_getMiniflareWorkerOptions, unstable_readConfig } from "wrangler";
import { readModules } from "../runtime/modules.mjs";

/** The worker that stands in for one that is not running or is cut off: it fails every request. */
const ABSENT = "absent";

/** The name of the worker that is spoken to about the database. */
export const TABLES = "tables";

const TYPES = { python: "PythonModule", data: "Data", esm: "ESModule" };

export function absentWorker() {
  const script = 'export default { fetch() { throw new Error("This worker is not running."); } };';
  return { name: ABSENT, modules: [{ type: "ESModule", path: "absent.mjs", contents: script }] };
}

/**
 * The worker before the hosts of patients, { host: name of its worker }: miniflare hands out a worker's files to
 * who comes by a binding, and not to who comes by a route.
 */
export function doorWorker(hosts) {
  const script = "export default { fetch: (request, env) => env[new URL(request.url).hostname].fetch(request) };";
  return {
    name: "door",
    routes: Object.keys(hosts).map((host) => `${host}/*`),
    serviceBindings: hosts,
    modules: [{ type: "ESModule", path: "door.mjs", contents: script }],
  };
}

/**
 * The worker that carries out batches, [{ sql, values }], on the platform's database. Miniflare's own way there
 * takes two calls for every statement, and demo data has a thousand.
 */
export function tablesWorker(id) {
  const script = `export default {
    async fetch(request, { DB }) {
      try {
        const statements = (await request.json()).map(({ sql, values }) => DB.prepare(sql).bind(...values));
        return Response.json({ rows: (await DB.batch(statements)).map(({ results }) => results) });
      } catch ({ message }) {
        return Response.json({ problem: message });
      }
    },
  };`;
  return {
    name: TABLES,
    d1Databases: { DB: id },
    modules: [{ type: "ESModule", path: "tables.mjs", contents: script }],
  };
}

/** Reads one built folder; `libraries` adds what the snapshot needs and the bundle leaves out. */
export function loadWorker({ id, folder, mount, host, routes, variables }, libraries, port) {
  const file = path.join(folder, "wrangler.jsonc");
  const config = unstable_readConfig({ config: file });
  const database = config.d1_databases[0];
  const migrations = path.join(folder, "migrations");
  return {
    id,
    mount,
    host,
    name: config.name,
    database: database?.database_id,
    // A worker may use the database without tables of its own.
    migrations: existsSync(migrations) && { table: database.migrations_table, folder: migrations },
    options: (reachable) => options({ file, folder, routes, variables, config, libraries, port }, reachable),
  };
}

function options({ file, folder, routes, variables, config, libraries, port }, reachable) {
  const { workerOptions } = unstable_getMiniflareWorkerOptions(file);
  const main = path.basename(config.main);
  const vendored = readModules(path.join(folder, "python_modules"), "python_modules/");
  const modules = { ...readModules(libraries), ...vendored, ...readModules(path.join(folder, "src")) };
  const { [main]: first, ...rest } = modules;
  return {
    ...workerOptions,
    name: config.name,
    routes,
    bindings: { ...withPort(workerOptions.bindings, port), ...variables },
    serviceBindings: reached(workerOptions.serviceBindings, reachable),
    durableObjects: held(workerOptions.durableObjects, reachable),
    modules: [definition(main, first), ...Object.entries(rest).map(([name, module]) => definition(name, module))],
    modulesRoot: folder,
    unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
  };
}

/** Variables with the origins of our hosts as they are reached here; of any free port they do not tell. */
function withPort(bindings, port) {
  const placed = ([name, value]) => [name, port && name.endsWith("_ORIGIN") ? `${value}:${port}` : value];
  return Object.fromEntries(Object.entries(bindings ?? {}).map(placed));
}

function definition(name, { type, contents }) {
  return { type: TYPES[type], path: name, contents };
}

function reached(bindings, reachable) {
  const kept = ([binding, target]) => [binding, reachable.has(target.name) ? target : ABSENT];
  return Object.fromEntries(Object.entries(bindings).map(kept));
}

/** The Durable Objects of this worker, and those of others that can be reached; the rest is not bound. */
function held(objects, reachable) {
  const kept = ([, { scriptName }]) => !scriptName || reachable.has(scriptName);
  return Object.fromEntries(Object.entries(objects ?? {}).filter(kept));
}
