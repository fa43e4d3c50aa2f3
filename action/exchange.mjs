// The job's OIDC token, the exchange, and the explanation of a refusal.

import { Failure } from './settings.mjs';
import { object, send } from './http.mjs';

/** google.rpc.Code, as in the answers of the service. */
const CODES = {
  3: 'invalid_argument',
  4: 'deadline_exceeded',
  5: 'not_found',
  7: 'permission_denied',
  8: 'resource_exhausted',
  9: 'failed_precondition',
  12: 'unimplemented',
  13: 'internal',
  14: 'unavailable',
  16: 'unauthenticated',
};

/** https://docs.github.com/actions/reference/security/oidc#methods-for-requesting-the-oidc-token */
export async function identityToken(audience, deadline) {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: address, ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer } = process.env;
  if (!address || !bearer) {
    throw new Failure(
      'no_id_token',
      'this job may not ask for an OIDC token. Add "permissions: id-token: write" to the job or the workflow. ' +
        'GitHub gives no such token to pull requests from forks',
    );
  }
  const url = new URL(address);
  url.searchParams.set('audience', audience);
  const headers = { Authorization: `Bearer ${bearer}`, Accept: 'application/json' };
  const answer = await send('GitHub Actions', url, { headers }, deadline);
  const token = object(answer)?.value;
  if (answer.status !== 200 || typeof token !== 'string' || !token) {
    throw new Failure('no_id_token', `GitHub Actions gave no OIDC token: HTTP ${answer.status}`);
  }
  return token;
}

/** Exchanges the OIDC token. */
export async function exchange(settings, bearer, deadline) {
  const answer = await ask('exchange', settings, bearer, deadline, { again: true });
  const requestId = answer.headers.get('x-request-id') ?? '';
  const content = object(answer);
  if (answer.status === 200 && typeof content?.token === 'string' && content.token) {
    return {
      token: content.token,
      expiresAt: typeof content.expiry === 'string' ? content.expiry : '',
      permissions: answer.headers.get('octo-sts-permissions') ?? '',
      requestId,
    };
  }
  throw refusal(settings, answer, content, requestId);
}

/** What the service says about a refusal; null when it says nothing. */
export async function explanation(settings, bearer, deadline) {
  try {
    const answer = await ask('explain', settings, bearer, deadline, { again: false });
    return answer.status === 200 ? object(answer) : null;
  } catch {
    return null; // the refusal itself is reported in any case
  }
}

function ask(operation, settings, bearer, deadline, options) {
  const url = new URL(settings.url);
  url.pathname = `${url.pathname.replace(/\/$/, '')}/sts/${operation}`;
  for (const name of ['scope', 'identity', 'permissions', 'repositories']) {
    if (settings[name]) {
      url.searchParams.set(name, settings[name]);
    }
  }
  const headers = { Authorization: `Bearer ${bearer}`, Accept: 'application/json', 'User-Agent': 'octo-sts-java-action' };
  return send(settings.url.host, url, { headers }, deadline, options);
}

function refusal(settings, answer, content, requestId) {
  if (typeof content?.message === 'string' && content.message) {
    const later = answer.headers.get('retry-after');
    const when = answer.status === 429 && later ? `; try again after ${later} s` : '';
    return new Failure(CODES[content.code] ?? `http_${answer.status}`, content.message + when, { requestId });
  }
  const what =
    answer.status === 200
      ? 'an answer without a token'
      : `HTTP ${answer.status}${answer.status >= 300 && answer.status < 400 ? ', a redirect, which is not followed' : ''}`;
  return new Failure('invalid_answer', `${settings.url.host} gave ${what}; is it an Octo-STS service?`, { requestId });
}
