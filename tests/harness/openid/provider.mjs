// A real OpenID provider (npm oidc-provider) on loopback, for the tests of sign-in.
//
// It has a plain list of accounts and no passwords. A second port takes orders from the tests, as JSON:
//   POST /configure  { client_id, client_secret, redirect_uri, accounts: { id: claims } }
//   POST /rotate     sign with a new key from now on, and publish that alone
//   POST /tell       { down: null | "error" | "closed" | "silent", forge: null | { claims, header, sign }, bend: null | {…} }
//   GET  /counts     how often each path was asked for since the last configuration
//
// What a real provider never sends, `forge` makes of what it sent: the ID token with some claims changed and
// signed again. `sign` is "provider" (its own key), "stranger" (a key that nobody publishes), "none", or
// "hmac" (HS256 with the published key as the secret). `bend` changes parameters of the answer that the browser
// carries back.
import { createHmac, createPublicKey, createSign, generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import Provider, { interactionPolicy } from "oidc-provider";

// The provider warns of what is only fit for development; its standard output is ours.
console.info = console.warn = console.log = () => {};

const base64url = (value) => Buffer.from(value).toString("base64url");
let keys = 0;
const newKey = () => {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return { ...privateKey.export({ format: "jwk" }), kid: `key-${++keys}`, alg: "RS256", use: "sig" };
};

let issuer;
let settings;
let provider;
let answer;
let key = newKey();
let told = { down: null, forge: null, bend: null };
let counts = {};
const stranger = newKey();

function policy() {
  const prompts = interactionPolicy.base();
  prompts.add(new interactionPolicy.Prompt({ name: "select_account", requestable: true }), 0);
  return prompts;
}

function makeProvider() {
  const { client_id, client_secret, redirect_uri, accounts } = settings;
  provider = new Provider(issuer, {
    clients: [{ client_id, client_secret, redirect_uris: [redirect_uri] }],
    jwks: { keys: [key] },
    claims: { openid: ["sub", "hd"], email: ["email", "email_verified"], profile: ["name"] },
    conformIdTokenClaims: false, // as Google does, the ID token itself says who it is
    cookies: { keys: ["fictional"] },
    features: { devInteractions: { enabled: false } },
    interactions: { policy: policy(), url: (_, interaction) => `/choose/${interaction.uid}` },
    pkce: { required: () => true },
    findAccount: (_, id) => accounts[id] && { accountId: id, claims: () => ({ sub: id, ...accounts[id] }) },
    loadExistingGrant: async (ctx) => {
      const grant = new ctx.oidc.provider.Grant({
        clientId: ctx.oidc.client.clientId,
        accountId: ctx.oidc.session.accountId,
      });
      grant.addOIDCScope("openid email profile");
      await grant.save();
      return grant;
    },
  });
  answer = provider.callback();
}

async function choose(request, response, url) {
  const account = url.searchParams.get("account");
  if (account) {
    const chosen = { login: { accountId: account, remember: false }, select_account: {} };
    const given = account === "nobody" ? { error: "access_denied" } : chosen;
    return provider.interactionFinished(request, response, given, { mergeWithLastSubmission: false });
  }
  const names = [...Object.keys(settings.accounts), "nobody"];
  const links = names.map((name) => `<p><a href="?account=${name}">${name}</a></p>`).join("");
  response.setHeader("content-type", "text/html");
  response.end(`<!doctype html><title>Accounts</title><h1>Choose an account</h1>${links}`);
}

function forged(token, { claims, header, sign }) {
  const [head, body] = token.split(".", 2).map((part) => JSON.parse(Buffer.from(part, "base64url")));
  const algorithm = { none: "none", hmac: "HS256" }[sign] ?? "RS256";
  const text = [{ ...head, alg: algorithm, ...header }, { ...body, ...claims }].map((part) => base64url(JSON.stringify(part))).join(".");
  return `${text}.${signature(text, sign)}`;
}

function signature(text, sign) {
  if (sign === "none") return "";
  if (sign === "hmac") {
    const published = createPublicKey({ key, format: "jwk" }).export({ type: "spki", format: "pem" });
    return createHmac("sha256", published).update(text).digest("base64url");
  }
  return createSign("sha256").update(text).sign({ key: sign === "stranger" ? stranger : key, format: "jwk" }, "base64url");
}

function forgeAnswer(response, forge) {
  const end = response.end.bind(response);
  response.end = (body) => {
    const content = JSON.parse(body);
    if (content.id_token) content.id_token = forged(content.id_token, forge);
    const text = JSON.stringify(content);
    response.setHeader("content-length", Buffer.byteLength(text));
    return end(text);
  };
}

function bendAnswer(response, changes) {
  const end = response.end.bind(response);
  response.end = (body) => {
    const target = response.getHeader("location");
    if (target?.startsWith(settings.redirect_uri)) {
      const url = new URL(target);
      for (const [name, value] of Object.entries(changes)) url.searchParams.set(name, value);
      response.setHeader("location", url.href);
    }
    return end(body);
  };
}

const service = createServer(async (request, response) => {
  const url = new URL(request.url, issuer);
  counts[url.pathname] = (counts[url.pathname] ?? 0) + 1;
  if (told.down === "silent") return;
  if (told.down === "closed") return void request.socket.destroy();
  if (told.down === "error") return void response.writeHead(500).end("out of order");
  if (url.pathname.startsWith("/choose/")) return void (await choose(request, response, url));
  if (url.pathname.startsWith("/auth/") && told.bend) bendAnswer(response, told.bend);
  if (url.pathname === "/token" && told.forge) forgeAnswer(response, told.forge);
  answer(request, response);
});

const orders = {
  "/configure": (facts) => {
    settings = facts;
    counts = {};
    makeProvider();
  },
  "/rotate": () => {
    key = newKey();
    makeProvider();
  },
  "/tell": (facts) => {
    told = { down: null, forge: null, bend: null, ...facts };
  },
  "/counts": () => counts,
};

const desk = createServer(async (request, response) => {
  let text = "";
  for await (const part of request) text += part;
  const result = orders[request.url](text ? JSON.parse(text) : {});
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(result ?? null));
});

const listening = (server) =>
  new Promise((done) => server.listen(0, "127.0.0.1", () => done(`http://127.0.0.1:${server.address().port}`)));

issuer = await listening(service);
const admin = await listening(desk);
process.stdout.write(`${JSON.stringify({ issuer, admin })}\n`);
// The end of standard input ends the provider, so that it never outlives the tests.
for await (const _ of createInterface({ input: process.stdin }));
process.exit(0);
