// An identity provider for tests: oidc-provider as its documentation configures it, with a second port by which a test
// stops it, starts it, and changes its keys. It ends when its standard input does.
//
//   node provider.mjs PORT CONTROL_PORT CLIENT REDIRECT AUDIENCE
import http from 'node:http';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { Provider } from 'oidc-provider';

const [port, control, clientId, redirect, audience] = process.argv.slice(2);
const issuer = `http://localhost:${port}`;
const groups = { ann: ['platform'], vic: ['watchers'], nobody: ['others'], robot: ['platform'], 'poor-robot': ['others'] };

function keys() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: randomBytes(8).toString('hex') }] };
}

const client = (id, more) => ({ client_id: id, client_secret: 'the secret', ...more });
const robot = (id) => client(id, { grant_types: ['client_credentials'], response_types: [], redirect_uris: [] });

function provider() {
  return new Provider(issuer, {
    jwks: keys(),
    cookies: { keys: ['of tests'] },
    clients: [
      client(clientId, { redirect_uris: [redirect], grant_types: ['authorization_code'], response_types: ['code'] }),
      robot('robot'),
      robot('poor-robot'),
    ],
    claims: { openid: ['sub', 'groups'], profile: ['preferred_username'], email: ['email'] },
    // The groups are in the ID token, and not only where the access token leads to.
    conformIdTokenClaims: false,
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: `id-of-${id}`, preferred_username: id, groups: groups[id] ?? [] }),
    }),
    pkce: { required: () => true },
    extraTokenClaims: (_, token) => ({ groups: groups[token.clientId] ?? [] }),
    features: {
      devInteractions: { enabled: true },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => undefined,
        useGrantedResource: () => true,
        getResourceServerInfo: (_, resource) => ({ scope: '', audience: resource, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'RS256' } } }),
      },
    },
  });
}

let answer = provider().callback();
let server;

const up = () => new Promise((done) => {
  if (server?.listening) return done();
  server = http.createServer((request, response) => answer(request, response)).listen(port, '127.0.0.1', done);
});
const down = () => new Promise((done) => {
  if (!server?.listening) return done();
  server.close(done);
  server.closeAllConnections();
});

const commands = { up, down, rotate: async () => { answer = provider().callback(); } };
http.createServer(async (request, response) => {
  await commands[request.url.slice(1)]();
  response.end('done');
}).listen(control, '127.0.0.1', () => console.log(`ready for ${audience}`));
process.stdin.on('end', () => process.exit(0)).resume();
