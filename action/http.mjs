// Requests within a time limit. Only what may go well later is tried again: no answer, and answers of 5xx.

import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from './settings.mjs';

const LONGEST_ATTEMPT_MS = 30_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;
const LARGEST_ANSWER = 1024 * 1024;

/** The time that is left for everything that the step does. */
export class Deadline {
  constructor(seconds) {
    this.seconds = seconds;
    this.end = performance.now() + seconds * 1000;
  }

  get left() {
    return this.end - performance.now();
  }
}

/**
 * Sends a request until there is an answer below 500, or no time is left.
 *
 * @param whom who is asked, for the message of a failure
 * @param again whether to try again
 */
export async function send(whom, url, options, deadline, { again = true } = {}) {
  for (let attempt = 0; ; attempt++) {
    const { answer, failure } = await once(whom, url, options, deadline);
    if (answer && answer.status < 500) {
      return answer;
    }
    const pause = Math.max(retryAfter(answer), backoff(attempt));
    if (!again || pause >= deadline.left) {
      if (answer) {
        return answer;
      }
      throw failure;
    }
    await sleep(pause);
  }
}

async function once(whom, url, options, deadline) {
  const limit = Math.ceil(Math.max(1, Math.min(LONGEST_ATTEMPT_MS, deadline.left)));
  try {
    // A redirect is not followed: the bearer is for this address alone.
    const response = await fetch(url, { ...options, redirect: 'manual', signal: AbortSignal.timeout(limit) });
    return { answer: { status: response.status, headers: response.headers, body: await body(response) } };
  } catch (failed) {
    if (failed instanceof Failure) {
      throw failed;
    }
    const late = failed.name === 'TimeoutError';
    return {
      failure: late
        ? new Failure('timeout', `${whom} did not answer within ${deadline.seconds} s`)
        : new Failure('network', `${whom} cannot be reached: ${reason(failed)}`),
    };
  }
}

async function body(response) {
  const chunks = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > LARGEST_ANSWER) {
      throw new Failure('invalid_answer', 'the answer is larger than 1 MiB');
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The JSON object in an answer, or null. */
export function object(answer) {
  try {
    const value = JSON.parse(answer.body);
    return value && typeof value === 'object' && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

/** RFC 9110, section 10.2.3: seconds, or a date. */
function retryAfter(answer) {
  const text = answer?.headers.get('retry-after');
  if (!text) {
    return 0;
  }
  const milliseconds = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isFinite(milliseconds) ? Math.max(0, milliseconds) : 0;
}

function backoff(attempt) {
  const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt);
  return longest / 2 + Math.random() * (longest / 2);
}

/** The cause, such as ECONNREFUSED: fetch hides it behind "fetch failed". */
function reason(failed) {
  return failed.cause?.code ?? failed.cause?.message ?? failed.message;
}
