// Puts a worker between the platform's workers and all that they reach: it hands everything on, and fails or waits
// where it was told to.
//
// A way is named by who goes it: the worker's id and its binding, as "inventory>DB". Other workers and Durable
// Objects are reached through options of miniflare. What lies behind a database, a bucket, a queue or a counter is a
// service inside miniflare, so there the binding that a plugin makes is led through the worker in between.
import { readFileSync } from "node:fs";
import { PLUGINS } from "miniflare";

const NAME = "faults";
const SCRIPT = readFileSync(new URL("./faults_worker.mjs", import.meta.url), "utf8");
const LED_AROUND = ["d1", "r2", "queues", "ratelimit"];

const ids = new Map(); // name of a worker whose ways can be broken -> its id
const services = new Map(); // way -> the service inside miniflare that it leads to

/** Returns the options of the workers [{ id, options }] with the worker in between, which comes after them. */
export function breakable(workers) {
  const ways = { serviceBindings: {}, durableObjects: {} };
  const led = workers.map(({ id, options }) => {
    ids.set(options.name, id);
    return {
      ...options,
      serviceBindings: mapped(options.serviceBindings, (binding, target) => {
        const way = `${id}>${binding}`;
        ways.serviceBindings[way] = target;
        return { name: NAME, entrypoint: "Way", props: { way } };
      }),
      durableObjects: { ...ledObjects(id, options, ways), ...own(options.durableObjects) },
    };
  });
  return [...led, betweenWorker(ways)];
}

function ledObjects(id, options, ways) {
  return mapped(options.durableObjects, (binding, target) => {
    const way = `${id}>${binding}`;
    ways.durableObjects[way] = { className: target.className, scriptName: target.scriptName ?? options.name };
    return { className: classOf(way), scriptName: NAME };
  });
}

/** A worker declares its classes by the bindings that it has to them. */
function own(objects) {
  const kept = Object.entries(objects ?? {}).filter(([, { scriptName }]) => !scriptName);
  return Object.fromEntries(kept.map(([binding, target]) => [`${binding}_ITSELF`, target]));
}

function betweenWorker({ serviceBindings, durableObjects }) {
  const classes = Object.keys(durableObjects).map((way) => {
    return `export class ${classOf(way)} extends Between { way = ${JSON.stringify(way)}; }`;
  });
  const itself = Object.keys(durableObjects).map((way) => [`${way} ITSELF`, { className: classOf(way), useSQLite: true }]);
  return {
    name: NAME,
    compatibilityDate: "2026-11-01",
    serviceBindings,
    durableObjects: { ...durableObjects, ...Object.fromEntries(itself) },
    modules: [{ type: "ESModule", path: "faults.mjs", contents: [SCRIPT, ...classes].join("\n") }],
    unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
  };
}

function classOf(way) {
  return `Between_${way.replace(/\W/g, "_")}`;
}

function mapped(bindings, change) {
  return Object.fromEntries(Object.entries(bindings ?? {}).map(([name, target]) => [name, change(name, target)]));
}

function led(id, binding) {
  const way = `${id}>${binding.name}`;
  const between = { name: `core:user:${NAME}`, entrypoint: "Way", props: { json: JSON.stringify({ way }) } };
  if (binding.wrapped) {
    const [fetcher, ...rest] = binding.wrapped.innerBindings;
    services.set(way, fetcher.service);
    return { ...binding, wrapped: { ...binding.wrapped, innerBindings: [{ ...fetcher, service: between }, ...rest] } };
  }
  const kind = "r2Bucket" in binding ? "r2Bucket" : "queue";
  services.set(way, binding[kind]);
  return { ...binding, [kind]: between };
}

function changeBindings(plugin, change) {
  const made = plugin.getBindings.bind(plugin);
  plugin.getBindings = async (options, ...rest) => change(options.config.name, await made(options, ...rest));
}

for (const key of LED_AROUND) {
  changeBindings(PLUGINS[key], (name, bindings) =>
    ids.has(name) ? bindings.map((binding) => led(ids.get(name), binding)) : bindings,
  );
}
// It comes after all whose ways it holds, so by then these are known.
changeBindings(PLUGINS.core, (name, bindings) =>
  name === NAME ? [...bindings, ...[...services].map(([way, service]) => ({ name: way, service }))] : bindings,
);
