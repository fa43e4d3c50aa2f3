// The step: gets the token.

import { Deadline } from './http.mjs';
import { exchange, explanation, identityToken } from './exchange.mjs';
import { error, info, mask, saveState, setOutput, summarize } from './runner.mjs';
import { Failure, read } from './settings.mjs';
import { refused } from './summary.mjs';

const EXPLANATION_SECONDS = 10;

async function run() {
  const settings = read();
  const deadline = new Deadline(settings.seconds);
  const bearer = await identityToken(settings.audience, deadline);
  mask(bearer);
  try {
    const granted = await exchange(settings, bearer, deadline);
    mask(granted.token);
    saveState('token', granted.token);
    setOutput('token', granted.token);
    setOutput('expires-at', granted.expiresAt);
    setOutput('permissions', granted.permissions);
    setOutput('request-id', granted.requestId);
    setOutput('error-code', '');
    setOutput('error-message', '');
    info(`A token for ${settings.scope}, identity ${settings.identity}, until ${granted.expiresAt || 'in an hour'}.`);
  } catch (failure) {
    if (settings.explain && failure instanceof Failure) {
      summarize(refused(settings, failure, await explanation(settings, bearer, new Deadline(EXPLANATION_SECONDS))));
    }
    throw failure;
  }
}

function report(failure) {
  const known = failure instanceof Failure ? failure : new Failure('internal', failure.message);
  setOutput('error-code', known.code);
  setOutput('error-message', known.message);
  setOutput('request-id', known.requestId);
  error(`Octo-STS: ${known.code}`, known.message + (known.requestId ? ` (request ${known.requestId})` : ''));
  process.exitCode = 1;
}

await run().catch(report);
