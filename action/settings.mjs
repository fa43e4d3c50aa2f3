// The inputs of the action, checked.

import { input } from './runner.mjs';

const LONGEST_SECONDS = 300;

/** A fault that ends the step. `code` is for programs, `message` for people. */
export class Failure extends Error {
  constructor(code, message, { requestId = '' } = {}) {
    super(message);
    this.code = code;
    this.requestId = requestId;
  }
}

export function read() {
  const url = address(input('url'), input('domain'));
  return {
    scope: required('scope'),
    identity: required('identity'),
    url,
    audience: input('audience') || url.hostname,
    permissions: oneLine(input('permissions')),
    repositories: oneLine(input('repositories')),
    explain: flag('explain'),
    seconds: seconds(input('timeout') || '60'),
  };
}

function required(name) {
  const value = input(name);
  if (!value) {
    throw invalid(`the input ${name} is missing`);
  }
  return value;
}

/** The address of the service, without a slash at its end. A domain may be given with a scheme, as octo-sts/action takes it. */
function address(url, domain) {
  const text = url || (domain.includes('://') ? domain : domain && `https://${domain}`);
  if (!text) {
    throw invalid('give the input domain (such as sts.example.com) or url');
  }
  if (!URL.canParse(text)) {
    throw invalid(`${url ? 'url' : 'domain'} is not an address: ${text}`);
  }
  const parsed = new URL(text);
  const secure =
    parsed.protocol === 'https:' ||
    (parsed.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(parsed.hostname));
  if (!secure) {
    throw invalid(`the service's address must begin with https://, because a token is sent to it: ${text}`);
  }
  if (parsed.username || parsed.password || parsed.search || parsed.hash) {
    throw invalid('the service\'s address must have no user, query or fragment');
  }
  parsed.pathname = parsed.pathname.replace(/\/+$/, '');
  return parsed;
}

/** A list may be written over several lines. */
function oneLine(list) {
  return list
    .split(/[\n,]+/)
    .map((entry) => entry.trim())
    .filter((entry) => entry)
    .join(',');
}

function flag(name) {
  const value = input(name).toLowerCase();
  if (!['', 'true', 'false'].includes(value)) {
    throw invalid(`the input ${name} is true or false, not ${value}`);
  }
  return value === 'true';
}

function seconds(text) {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > LONGEST_SECONDS) {
    throw invalid(`the input timeout is a number of seconds from 1 to ${LONGEST_SECONDS}, not ${text}`);
  }
  return value;
}

function invalid(message) {
  return new Failure('invalid_input', message);
}
