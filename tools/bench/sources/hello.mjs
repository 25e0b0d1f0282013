// The least JavaScript worker.
export default { fetch: () => new Response("hello") };
