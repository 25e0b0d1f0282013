// The identity worker, answering renewals with what it was last told by POST /tell.
import { WorkerEntrypoint } from "cloudflare:workers";

let next = { status: "ended" };
let asked = 0;

export class Sessions extends WorkerEntrypoint {
  async renew() {
    asked += 1;
    if (next.wait) await scheduler.wait(next.wait);
    if (next.fails) throw new Error("This stub was told to fail.");
    return next;
  }
}

export default {
  async fetch(request) {
    const { pathname } = new URL(request.url);
    if (pathname === "/tell") {
      next = await request.json();
      asked = 0;
      return new Response("told");
    }
    if (pathname === "/asked") return Response.json({ asked });
    return Response.json({ path: pathname, headers: Object.fromEntries(request.headers) });
  },
};
