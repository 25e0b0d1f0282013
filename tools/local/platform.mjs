// The platform in one miniflare: its workers, their database, and what tests do to them.
import { Log, LogLevel, Miniflare, convertV4MiniflareOptions } from "miniflare";
import { applyMigrations } from "./migrations.mjs";
import { absentWorker, loadWorker } from "./workers.mjs";

export class Platform {
  #report;
  #miniflare;
  #settings;
  #workers = [];

  /** `report` gets what workers log, as { level, message }. */
  constructor(report) {
    this.#report = report;
  }

  /**
   * Starts the workers and returns the address that they answer at.
   *
   * settings.workers    [{ id, folder, mount, routes: [pattern] }]
   * settings.port       0 for any free one
   * settings.state      folder that the database and the like are kept in; null keeps nothing
   * settings.libraries  folder with what every bundle must hold to start from the snapshot
   * settings.cut        names of workers that no other worker can reach
   */
  async start(settings) {
    this.#settings = settings;
    this.#miniflare = new Miniflare(this.#options());
    return (await this.#miniflare.ready).origin;
  }

  /** Loads the workers' folders again; `cut` takes the place of what was cut before. */
  async restart({ cut = [] }) {
    this.#settings = { ...this.#settings, cut };
    await this.#miniflare.setOptions(this.#options());
    return (await this.#miniflare.ready).origin;
  }

  async stop() {
    await this.#miniflare?.dispose();
  }

  /** Applies what is new of every worker's migrations; returns the names of the files. */
  async migrate() {
    const applied = [];
    for (const worker of this.#workers.filter((each) => each.migrations)) {
      applied.push(...(await applyMigrations(await this.#database(), worker.migrations)));
    }
    return applied;
  }

  /** Carries out [{ sql, values }] in one transaction; returns the rows of each. */
  async batch(statements) {
    const database = await this.#database();
    const results = await database.batch(statements.map(({ sql, values }) => database.prepare(sql).bind(...values)));
    return results.map((result) => result.results);
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

  /** Returns { id: address } for talking to each worker without the router. */
  async addresses() {
    const pairs = this.#workers.map(async ({ id, name }) => [id, (await this.#miniflare.unsafeGetDirectURL(name)).origin]);
    return Object.fromEntries(await Promise.all(pairs));
  }

  #options() {
    const { workers, port, state, libraries, cut } = this.#settings;
    this.#workers = workers.map((worker) => loadWorker(worker, libraries));
    const reachable = new Set(this.#workers.map((worker) => worker.name).filter((name) => !cut.includes(name)));
    return convertV4MiniflareOptions({
      host: "127.0.0.1",
      port,
      cf: false,
      resourcePersistencePath: state ?? undefined,
      log: new Log(LogLevel.WARN),
      logRequests: false,
      handleStructuredLogs: ({ level, message }) => this.#report({ level, message }),
      workers: [...this.#workers.map((worker) => worker.options(reachable)), absentWorker()],
    });
  }

  #worker(id) {
    return this.#workers.find((worker) => worker.id === id);
  }

  async #database() {
    const { name } = this.#workers.find((worker) => worker.migrations);
    return this.#miniflare.getD1Database("DB", name);
  }
}
