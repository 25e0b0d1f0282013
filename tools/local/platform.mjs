// The platform in one miniflare: its workers, their database, and what tests do to them.
import { Log, LogLevel, Miniflare, convertV4MiniflareOptions } from "miniflare";
import { applyMigrations } from "./migrations.mjs";
import { TABLES, absentWorker, doorWorker, loadWorker, tablesWorker } from "./workers.mjs";

// Owns the platform's tables, to which the rows of all others refer.
const OWNER = "auth";

export class Platform {
  #report;
  #miniflare;
  #settings;
  #running;

  /** `report` gets what workers log, as { level, message }. */
  constructor(report) {
    this.#report = report;
  }

  /**
   * Starts the workers and returns the address that they answer at. If that fails, `restart` tries again.
   *
   * settings.workers    [{ id, folder, mount, host, routes: [pattern], variables: { name: value } }]
   * settings.port       0 for any free one
   * settings.state      folder that the database and the like are kept in; null keeps nothing
   * settings.libraries  folder with what every bundle must hold to start from the snapshot
   * settings.cut        names of workers that no other worker can reach
   * settings.breakable  whether `breakWays` can be told to fail what workers reach (faults.mjs)
   */
  async start(settings) {
    this.#settings = settings;
    return this.#load();
  }

  /**
   * Loads the workers' folders again; `cut` takes the place of what was cut before. If one does not
   * start, all run again as they were.
   */
  async restart({ cut = [] }) {
    this.#settings = { ...this.#settings, cut };
    return this.#load();
  }

  async stop() {
    await this.#miniflare?.dispose();
  }

  /** Applies what is new of every worker's migrations, the owner's first; returns the names of the files. */
  async migrate() {
    const applied = [];
    const migrating = this.#running.workers.filter((each) => each.migrations);
    migrating.sort((one, other) => (other.id === OWNER) - (one.id === OWNER));
    for (const worker of migrating) {
      applied.push(...(await applyMigrations((statements) => this.batch(statements), worker.migrations)));
    }
    return applied;
  }

  /** Carries out [{ sql, values }] in one transaction; returns the rows of each. */
  async batch(statements) {
    const tables = await this.#miniflare.getWorker(TABLES);
    const answer = await tables.fetch("http://tables/", { method: "POST", body: JSON.stringify(statements) });
    const { rows, problem } = await answer.json();
    if (problem) throw new Error(problem);
    return rows;
  }

  /** Keeps a file, of which `content` is base64, in a worker's bucket. */
  async putObject(id, key, content, contentType) {
    const bucket = await this.#miniflare.getR2Bucket("FILES", this.#worker(id).name);
    await bucket.put(key, Buffer.from(content, "base64"), { httpMetadata: { contentType } });
  }

  /** Returns the status of a worker's own health page, asked without the router. */
  async health(id) {
    const { name, mount } = this.#worker(id);
    const fetcher = await this.#miniflare.getWorker(name);
    const answer = await fetcher.fetch(`http://${name}${mount}/health`);
    await answer.arrayBuffer();
    return answer.status;
  }

  /** Fires a worker's cron as if the time were `at` (milliseconds since the epoch). */
  async scheduled(id, cron, at) {
    const fetcher = await this.#miniflare.getWorker(this.#worker(id).name);
    return (await fetcher.scheduled({ cron, scheduledTime: new Date(at) })).outcome;
  }

  /** Puts a Durable Object to sleep as if it had been idle: its memory goes, its connections stay. */
  async evict(id, className, objectName) {
    await this.#miniflare.unsafeEvictDurableObject(this.#worker(id).name, className, { name: objectName });
  }

  /** Lets ways fail or wait, as faults_worker.mjs says; those that are not named are in order. */
  async breakWays(ways) {
    const address = await this.#miniflare.unsafeGetDirectURL("faults");
    return (await fetch(address, { method: "POST", body: JSON.stringify(ways) })).json();
  }

  /** Returns { id: address } for talking to each worker without the router. */
  async addresses() {
    const { workers } = this.#running;
    const pairs = workers.map(async ({ id, name }) => [id, (await this.#miniflare.unsafeGetDirectURL(name)).origin]);
    return Object.fromEntries(await Promise.all(pairs));
  }

  async #load() {
    const { workers, port, state, libraries, cut, breakable } = this.#settings;
    const loaded = workers.map((worker) => loadWorker(worker, libraries, port));
    const reachable = new Set(loaded.map((worker) => worker.name).filter((name) => !cut.includes(name)));
    const hosts = Object.fromEntries(loaded.filter(({ host }) => host).map(({ host, name }) => [host, name]));
    // All workers that keep something share one database.
    const database = loaded.find((worker) => worker.database)?.database;
    const own = [doorWorker(hosts), absentWorker(), ...(database ? [tablesWorker(database)] : [])];
    const options = convertV4MiniflareOptions({
      host: "127.0.0.1",
      port,
      cf: false,
      resourcePersistencePath: state ?? undefined,
      log: new Log(LogLevel.WARN),
      logRequests: false,
      handleStructuredLogs: ({ level, message }) => this.#report({ level, message }),
      workers: [...(await inOrder(loaded, reachable, breakable)), ...own],
    });
    try {
      const origin = await this.#run(options);
      this.#running = { workers: loaded, options };
      return origin;
    } catch (error) {
      if (this.#running) await this.#run(this.#running.options);
      throw explained(error);
    }
  }

  async #run(options) {
    if (this.#miniflare) {
      await this.#miniflare.setOptions(options);
      return (await this.#miniflare.ready).origin;
    }
    const miniflare = new Miniflare(options);
    try {
      const { origin } = await miniflare.ready;
      this.#miniflare = miniflare;
      return origin;
    } catch (error) {
      // One that never was ready says so again once it is disposed of.
      await miniflare.dispose().catch(() => {});
      throw error;
    }
  }

  #worker(id) {
    return this.#running.workers.find((worker) => worker.id === id);
  }
}

/** The workers' options; the module that leads ways around changes miniflare, so it is loaded where it is wanted. */
async function inOrder(loaded, reachable, breakable) {
  const workers = loaded.map((worker) => ({ id: worker.id, options: worker.options(reachable) }));
  return breakable ? (await import("./faults.mjs")).breakable(workers) : workers.map(({ options }) => options);
}

/** The worker's own traceback was reported as a log line; miniflare's guess at the cause would only mislead. */
function explained(error) {
  const worker = /service core:user:([\w-]+)/.exec(error.message)?.[1];
  return worker ? new Error(`${worker} does not start; its own words stand above.`, { cause: error }) : error;
}
