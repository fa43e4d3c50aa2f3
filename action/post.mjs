// The end of the job: revokes the token. A job that is done does not fail because of it: the token ends within the hour.
// https://docs.github.com/rest/apps/installations#revoke-an-installation-access-token

import { Deadline, send } from './http.mjs';
import { info, state, warning } from './runner.mjs';

const SECONDS = 20;

async function revoke(token) {
  const api = (process.env.GITHUB_API_URL || 'https://api.github.com').replace(/\/+$/, '');
  const headers = {
    Authorization: `Bearer ${token}`,
    Accept: 'application/vnd.github+json',
    'User-Agent': 'octo-sts-java-action',
  };
  const answer = await send('GitHub', `${api}/installation/token`, { method: 'DELETE', headers }, new Deadline(SECONDS));
  switch (answer.status) {
    case 204:
      info('The token is revoked.');
      break;
    case 401:
      info('The token was not valid any more.');
      break;
    default:
      warning('Octo-STS: token not revoked', `GitHub answered ${answer.status}; the token is valid until it expires`);
  }
}

const token = state('token');
if (token) {
  await revoke(token).catch((failure) =>
    warning('Octo-STS: token not revoked', `${failure.message}; the token is valid until it expires`));
}
