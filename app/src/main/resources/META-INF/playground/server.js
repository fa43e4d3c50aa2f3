// The one request that this page makes.

const PATIENCE = 10_000;

/** What the server says: {facts}, {refused: status, message}, or {gone: true}. Rejects when it has to stop. */
export async function ask(input, stop) {
  try {
    const answer = await fetch("playground/evaluate", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(input),
      credentials: "omit",
      cache: "no-store",
      redirect: "error",
      signal: AbortSignal.any([stop, AbortSignal.timeout(PATIENCE)]),
    });
    const body = await answer.json();
    return answer.ok ? { facts: body } : { refused: answer.status, message: String(body.message) };
  } catch (failure) {
    if (stop.aborted) {
      throw failure;
    }
    return { gone: true }; // no answer in time, or one that is not this server's
  }
}
