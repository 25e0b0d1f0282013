// An app that does what its path says, and counts its requests by path.
const counts = {};

async function bytesIn(stream) {
  // One buffer for all chunks, so that this worker's own garbage does not count as the router's memory.
  const reader = stream.getReader({ mode: "byob" });
  let buffer = new ArrayBuffer(65536);
  let total = 0;
  for (;;) {
    const { value, done } = await reader.read(new Uint8Array(buffer));
    if (done) return total;
    total += value.byteLength;
    buffer = value.buffer;
  }
}

function slowly(chunks, everyMs = 0) {
  const { readable, writable } = new TransformStream();
  const writer = writable.getWriter();
  const write = async () => {
    for (let n = 0; n < chunks; n++) {
      await writer.write(new TextEncoder().encode("x".repeat(65536)));
      if (everyMs) await scheduler.wait(everyMs);
    }
    await writer.close();
  };
  void write();
  return readable;
}

function socket() {
  const [client, server] = Object.values(new WebSocketPair());
  server.accept();
  server.addEventListener("message", ({ data }) => server.send(`echo ${data}`));
  return new Response(null, { status: 101, webSocket: client });
}

const actions = {
  throw: () => {
    throw new Error("This stub was told to fail.");
  },
  hang: async () => {
    // The runtime itself ends a request that waits for nothing.
    await scheduler.wait(60_000);
    return new Response("too late");
  },
  late: async () => {
    await scheduler.wait(2100);
    return new Response("late");
  },
  upload: async (request) => Response.json({ bytes: await bytesIn(request.body) }),
  download: () => new Response(slowly(256)),
  lasting: () => new Response(slowly(8, 450)),
  moved: () => new Response(null, { status: 302, headers: { location: "/inventory/elsewhere" } }),
  cookies: () => {
    const headers = new Headers([["set-cookie", "a=1"], ["set-cookie", "b=2"]]);
    return new Response("ok", { headers });
  },
  counts: () => Response.json(counts),
  socket,
};

export default {
  async fetch(request) {
    const url = new URL(request.url);
    const action = url.pathname.split("/").pop();
    counts[url.pathname] = (counts[url.pathname] ?? 0) + 1;
    const act = actions[action];
    if (act) return act(request);
    const headers = Object.fromEntries(request.headers);
    return Response.json({ method: request.method, path: url.pathname, query: url.search, headers });
  },
};
