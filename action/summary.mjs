// The explanation of a refusal as Markdown for the job summary.

import { printable } from './runner.mjs';

const MOST_RULES = 50;
const LONGEST_TEXT = 2_000;

/** @param explained the answer of the service's explain, or null */
export function refused(settings, failure, explained) {
  const lines = [
    `### No GitHub token for ${code(settings.scope)}, identity ${code(settings.identity)}`,
    '',
    code(failure.message),
  ];
  if (failure.requestId) {
    lines.push('', `Request id: ${code(failure.requestId)}`);
  }
  if (explained?.summary && explained.summary !== failure.message) {
    lines.push('', `**Why:** ${code(explained.summary)}`);
  }
  const rules = Array.isArray(explained?.rules) ? explained.rules.slice(0, MOST_RULES) : [];
  if (rules.length > 0) {
    lines.push('', '| rule | | the policy requires | the token has |', '|---|---|---|---|');
    for (const rule of rules) {
      const presented = Array.isArray(rule.presented) ? rule.presented.map(code).join('<br>') : '';
      lines.push(`| ${code(rule.key)} | ${rule.satisfied ? '✅' : '❌'} | ${code(rule.required)} | ${presented} |`);
    }
  }
  const change = Array.isArray(explained?.change) ? explained.change : [];
  if (change.length > 0) {
    lines.push('', 'These lines of the policy would accept this token:', '', `<pre>${html(change.join('\n'))}</pre>`);
  }
  return lines.join('\n');
}

/** A text of others as code. HTML, because no number of backticks is safe; no line break, which would end a table. */
function code(text) {
  return `<code>${html(String(text ?? '').replaceAll('\n', ' ')).replaceAll('|', '&#124;')}</code>`;
}

function html(text) {
  const shown = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
  return printable(shown).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
