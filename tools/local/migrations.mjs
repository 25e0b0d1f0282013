// Applies migrations as `wrangler d1 migrations apply` does, with the same table of what was applied.
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { unstable_splitSqlQuery as statementsOf } from "wrangler";

/** Applies the files of one folder that are new, each as one transaction; returns their names. */
export async function applyMigrations(database, { table, folder }) {
  await database
    .prepare(
      `CREATE TABLE IF NOT EXISTS ${table} (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, ` +
        "applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)",
    )
    .run();
  const { results } = await database.prepare(`SELECT name FROM ${table}`).all();
  const known = new Set(results.map((row) => row.name));
  const fresh = readdirSync(folder).filter((name) => name.endsWith(".sql") && !known.has(name)).sort();
  for (const name of fresh) {
    const statements = statementsOf(readFileSync(path.join(folder, name), "utf8"));
    const marked = database.prepare(`INSERT INTO ${table} (name) VALUES (?)`).bind(name);
    await database.batch([...statements.map((sql) => database.prepare(sql)), marked]);
  }
  return fresh;
}
