// What a step says to the runner: inputs, outputs, state, masks and annotations.
// https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands

import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';

const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** The value of an input, without blanks around it; empty when it is not given. */
export function input(name) {
  return (process.env[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] ?? '').trim();
}

export function setOutput(name, value) {
  append('GITHUB_OUTPUT', name, value);
}

/** Keeps a value for the step at the end of the job. */
export function saveState(name, value) {
  append('GITHUB_STATE', name, value);
}

export function state(name) {
  return process.env[`STATE_${name}`] ?? '';
}

/** Adds Markdown to the job summary. */
export function summarize(markdown) {
  if (process.env.GITHUB_STEP_SUMMARY) {
    appendFileSync(process.env.GITHUB_STEP_SUMMARY, `${markdown}\n`);
  }
}

/** The runner replaces the value by asterisks in everything that the job prints from now on. */
export function mask(value) {
  command('add-mask', {}, value);
}

export function error(title, message) {
  command('error', { title }, printable(message));
}

export function warning(title, message) {
  command('warning', { title }, printable(message));
}

export function info(message) {
  process.stdout.write(`${printable(message).replaceAll('\n', ' ')}\n`);
}

/** Texts of others must not move the cursor, and must not look like a line of their own. */
export function printable(text) {
  return String(text).replaceAll('\r\n', '\n').replace(CONTROL, '?');
}

function append(file, name, value) {
  const path = process.env[file];
  if (!path) {
    throw new Error(`${file} is not set; this program runs in a step of GitHub Actions`);
  }
  // A value must not be able to end itself and begin another output.
  const end = `end-${randomUUID()}`;
  appendFileSync(path, `${name}<<${end}\n${value}\n${end}\n`);
}

function command(name, properties, value) {
  const given = Object.entries(properties)
    .map(([key, text]) => `${key}=${escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C')}`)
    .join(',');
  process.stdout.write(`::${name}${given && ` ${given}`}::${escaped(value)}\n`);
}

function escaped(text) {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
