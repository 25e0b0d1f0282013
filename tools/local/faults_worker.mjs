// Hands on what comes by a way, and does to it what POST / told: { way: { kind, ms } }, nothing for all others.
//
// cut   fails at once
// slow  waits so many milliseconds first
// lost  hands on, and loses the answer
//
// The answer to what is told is how often each way was taken since it was last told.
import { DurableObject, WorkerEntrypoint } from "cloudflare:workers";

let faults = {};
let taken = {};

async function through(way, carryOut) {
  taken[way] = (taken[way] ?? 0) + 1;
  const fault = faults[way];
  if (fault?.kind === "cut") throw new Error(`${way} is cut.`);
  if (fault?.kind === "slow") await scheduler.wait(fault.ms);
  const answer = await carryOut();
  if (fault?.kind === "lost") throw new Error(`${way} lost the answer.`);
  return answer;
}

export class Way extends WorkerEntrypoint {
  fetch(request) {
    return this.#through((target) => target.fetch(request));
  }

  rpc(...values) {
    return this.#through((target) => target.rpc(...values));
  }

  renew(...values) {
    return this.#through((target) => target.renew(...values));
  }

  #through(ask) {
    const { way } = this.ctx.props;
    return through(way, () => ask(this.env[way]));
  }
}

class Between extends DurableObject {}

// Those of the platform's Durable Objects, topics and guards: the runtime hands on only what a class has itself.
for (const method of ["fetch", "publish", "admit", "report", "circuit"]) {
  Between.prototype[method] = function (...values) {
    return through(this.way, () => this.env[this.way].getByName(this.ctx.id.name)[method](...values));
  };
}

export default {
  async fetch(request) {
    faults = await request.json();
    const before = taken;
    taken = {};
    return Response.json(before);
  },
};
