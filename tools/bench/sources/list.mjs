// The page of items in JavaScript: the same questions, the rows in a plain table. Most of what it costs is what the
// local rate limiter and the local database cost.
export default {
  async fetch(request, env) {
    const { success } = await env.LIMIT_READ.limit({ key: request.headers.get("x-ganger-identity") });
    if (!success) return new Response("Too many requests.", { status: 429 });
    const statements = JSON.parse(env.LIST).map(({ sql, values }) => env.DB.prepare(sql).bind(...values));
    const [listed, vendors] = (await env.DB.batch(statements)).map(({ results }) => results);
    const rows = listed.map((row) => `<tr><td>${row.name}<td>${row.sku}<td>${row.on_hand}<td>${row.par_level}</tr>`);
    const options = vendors.map(({ id, name }) => `<option value=${id}>${name}</option>`);
    const page = `<!doctype html><select>${options.join("")}</select><table>${rows.join("")}</table>`;
    return new Response(page, { headers: { "content-type": "text/html; charset=utf-8" } });
  },
};
