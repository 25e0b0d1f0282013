// What the router does to a signed-in request, in JavaScript with Hono: the longest mount, the session cookie
// verified, the identity header signed, the app asked through its binding within a time limit, marks added.
import { env } from "cloudflare:workers";
import { Hono } from "hono";
import { getCookie } from "hono/cookie";

const COOKIE = "__Host-ganger-session";
const IDENTITY_S = 60;
const encoder = new TextEncoder();
const decoder = new TextDecoder();
const rings = new Map();

const app = new Hono();
app.use(async (c, next) => {
  c.set("started", performance.now());
  c.set("requestId", crypto.randomUUID().replaceAll("-", ""));
  const session = await unseal(env.SESSION_KEYS, "session", getCookie(c, COOKIE) ?? "");
  const now = Date.now() / 1000;
  if (!session || session.exp <= now || session.fresh <= now) return c.redirect("/auth/sign-in", 303);
  c.set("session", session);
  await next();
});
for (const { mount, name, title, binding } of env.MOUNTS) {
  const pattern = mount === "/" ? "/*" : `${mount}/*`;
  app.all(pattern, (c) => forward(c, { mount, name, title, binding }));
}
app.onError((error, c) => c.json({ error: { code: "UNAVAILABLE", message: error.message } }, 503));

async function forward(c, target) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), env.ANSWER_WITHIN_MS);
  const headers = new Headers(c.req.raw.headers);
  for (const header of [...headers.keys()]) if (header.startsWith("x-ganger-")) headers.delete(header);
  const kept = (headers.get("cookie") ?? "").split("; ").filter((each) => !each.startsWith(`${COOKIE}=`));
  headers.set("cookie", kept.join("; "));
  headers.set("x-request-id", c.get("requestId"));
  headers.set("x-ganger-router", "staff-portal");
  headers.set("x-ganger-target", target.name);
  headers.set("x-ganger-route", target.mount);
  const { fresh, exp, ...person } = c.get("session");
  const claims = { ...person, aud: target.name, exp: Math.floor(Date.now() / 1000) + IDENTITY_S };
  headers.set("x-ganger-identity", await seal(env.IDENTITY_KEYS, "identity", claims));
  const asked = performance.now();
  let answer;
  try {
    answer = await env[target.binding].fetch(new Request(c.req.raw, { headers, signal: stop.signal }));
  } finally {
    clearTimeout(timer);
  }
  const response = new Response(answer.body, answer);
  const appMs = performance.now() - asked;
  const ownMs = performance.now() - c.get("started") - appMs;
  response.headers.set("x-request-id", c.get("requestId"));
  response.headers.set("x-ganger-router-time", `${ownMs.toFixed(0)}ms`);
  response.headers.set("x-ganger-route-target", target.title);
  response.headers.append("server-timing", `router;dur=${ownMs.toFixed(1)}, app;dur=${appMs.toFixed(1)}`);
  return response;
}

async function unseal(ring, purpose, token) {
  const [keyId, payload, mac] = token.split(".");
  const key = (await keys(ring)).get(keyId);
  if (!key || !mac) return null;
  const signed = encoder.encode(`${purpose}.${keyId}.${payload}`);
  const holds = await crypto.subtle.verify("HMAC", key, Uint8Array.fromBase64(mac, { alphabet: "base64url" }), signed);
  if (!holds) return null;
  return JSON.parse(decoder.decode(Uint8Array.fromBase64(payload, { alphabet: "base64url" })));
}

async function seal(ring, purpose, claims) {
  const [keyId, key] = (await keys(ring)).entries().next().value;
  const payload = base64url(encoder.encode(JSON.stringify(claims)));
  const mac = await crypto.subtle.sign("HMAC", key, encoder.encode(`${purpose}.${keyId}.${payload}`));
  return `${keyId}.${payload}.${base64url(new Uint8Array(mac))}`;
}

function base64url(bytes) {
  return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
}

async function keys(ring) {
  if (!rings.has(ring)) rings.set(ring, new Map(await Promise.all(ring.split(" ").map(imported))));
  return rings.get(ring);
}

async function imported(entry) {
  const [keyId, secret] = entry.split(":");
  const raw = Uint8Array.fromBase64(secret, { alphabet: "base64url" });
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  return [keyId, await crypto.subtle.importKey("raw", raw, algorithm, false, ["sign", "verify"])];
}

export default app;
