// Runs built workers in one workerd through miniflare, for `ganger dev` and the tests.
//
// Talks in lines of JSON: commands come on standard input as { id, command, ...facts } and each is
// answered on standard output by { id, result } or { id, error }; what workers log comes as { log }.
// The end of standard input ends the runner and all it started, so nothing outlives its parent.
import { createInterface } from "node:readline";

// Whatever a library prints goes to standard error: standard output carries answers alone.
console.log = console.info = console.debug = console.error;

const { Platform } = await import("./platform.mjs");
const say = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);
const platform = new Platform((log) => say({ log }));

const commands = {
  start: (facts) => platform.start(facts),
  restart: (facts) => platform.restart(facts),
  migrate: () => platform.migrate(),
  batch: ({ statements }) => platform.batch(statements),
  putObject: ({ worker, key, content, mediaType }) => platform.putObject(worker, key, content, mediaType),
  health: ({ worker }) => platform.health(worker),
  scheduled: ({ worker, cron, at }) => platform.scheduled(worker, cron, at),
  evict: ({ worker, className, objectName }) => platform.evict(worker, className, objectName),
  breakWays: ({ ways }) => platform.breakWays(ways),
  addresses: () => platform.addresses(),
};

async function answer({ id, command, ...facts }) {
  try {
    say({ id, result: (await commands[command](facts)) ?? null });
  } catch (error) {
    say({ id, error: String(error?.message ?? error) });
  }
}

for await (const line of createInterface({ input: process.stdin })) void answer(JSON.parse(line));
await platform.stop();
process.exit(0);
