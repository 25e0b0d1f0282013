// Applies migrations as `wrangler d1 migrations apply` does, with the same table of what was applied.
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { unstable_splitSqlQuery as statementsOf } from "wrangler";

/**
 * Applies the files of one folder that are new, each as one transaction; returns their names.
 *
 * `batch` carries out [{ sql, values }] in one transaction and returns the rows of each.
 */
export async function applyMigrations(batch, { table, folder }) {
  const created =
    `CREATE TABLE IF NOT EXISTS ${table} (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, ` +
    "applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)";
  const [, rows] = await batch([statement(created), statement(`SELECT name FROM ${table}`)]);
  const known = new Set(rows.map((row) => row.name));
  const fresh = readdirSync(folder).filter((name) => name.endsWith(".sql") && !known.has(name)).sort();
  for (const name of fresh) {
    const statements = statementsOf(readFileSync(path.join(folder, name), "utf8"));
    await batch([...statements.map((sql) => statement(sql)), statement(`INSERT INTO ${table} (name) VALUES (?)`, name)]);
  }
  return fresh;
}

function statement(sql, ...values) {
  return { sql, values };
}
