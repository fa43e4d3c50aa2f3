// Typing is followed by a question to the server after a short rest; only the answer to the newest question is shown.

import { json, yaml } from "./colours.js";
import { Editor, element } from "./editor.js";
import { EXAMPLES } from "./examples.js";
import { counted, finding, outcome } from "./findings.js";
import { fromFragment, toFragment } from "./link.js";
import { ask } from "./server.js";
import { claimsOf, holdsToken } from "./token.js";

const REST = 250;
const LARGEST = { policy: 100_000, claims: 64_000 };
const FIRST_RETRY = 1_000;
const LAST_RETRY = 30_000;
const NAMES = ["policy", "claims", "scope", "domain"];

const byId = (id) => document.getElementById(id);
const fields = Object.fromEntries(NAMES.map((name) => [name, byId(name)]));
const editor = new Editor(byId("editor"), yaml);
const claimsEditor = new Editor(byId("claims-editor"), json);
const AGES = [["day", 86_400], ["hour", 3_600], ["minute", 60]];
let timer;
let asked = new AbortController();
let retry = FIRST_RETRY;
let ownFragment = "";
let newest = null;
let decoded = "";
let own = false;

function written() {
  return Object.fromEntries(NAMES.map((name) => [name, fields[name].value]));
}

function write(input) {
  NAMES.forEach((name) => { fields[name].value = input[name]; });
  decode();
  editor.refresh();
  claimsEditor.refresh();
  editor.mark([]);
  soon(0);
}

/** Replaces a token in the claims by what it says, before anything else sees it. */
function decode() {
  const claims = claimsOf(fields.claims.value);
  decoded = "";
  if (claims) {
    fields.claims.value = JSON.stringify(claims, null, 2);
    decoded = "The token was decoded on this page and taken away; only its claims are left. ";
  }
  say(byId("claims-note"), decoded + expiry(fields.claims.value));
}

/** What is to be said of a token that has expired; nothing for other claims. */
function expiry(text) {
  const exp = claimsFault(text) === "" && text.trim() !== "" ? JSON.parse(text).exp : undefined;
  const seconds = Date.now() / 1000 - exp;
  if (typeof exp !== "number" || !(seconds >= 0)) {
    return "";
  }
  const [unit, length] = AGES.find(([, size]) => seconds >= size) ?? ["second", 1];
  const age = Math.max(1, Math.floor(seconds / length));
  return `It has expired. Its exp is ${age.toLocaleString("en")} ${unit}${age === 1 ? "" : "s"} ago: `
    + "the exchange refuses the token, whatever the policy says.";
}

function soon(rest = REST) {
  clearTimeout(timer);
  asked.abort();
  timer = setTimeout(evaluate, rest);
}

async function evaluate() {
  const input = written();
  asked = new AbortController();
  const { signal } = asked;
  if (hasToken(input)) {
    remember(null);
    unasked("warn", "There is a token in the text", "Nothing was sent. Put the token alone into the claims, or take it out.");
    return;
  }
  const large = Object.keys(LARGEST).find((name) => new TextEncoder().encode(input[name]).length > LARGEST[name]);
  if (large) {
    unasked("warn", "Too large", `The ${large} may have ${LARGEST[large].toLocaleString("en")} bytes; nothing was sent.`);
    return;
  }
  const fault = claimsFault(input.claims);
  remember(sound(input));
  if (input.policy.trim() === "") {
    unasked("calm", "No policy yet", "Write one, or choose an example.");
    return;
  }
  byId("verdict").ariaBusy = "true";
  let answer;
  try {
    answer = await ask(sound(input), signal);
  } catch {
    return; // a newer question is on its way
  }
  if (signal.aborted) {
    return;
  }
  byId("verdict").ariaBusy = "false";
  if (answer.facts) {
    retry = FIRST_RETRY;
    told(answer.facts, input, fault);
  } else {
    untold(answer);
  }
}

function hasToken(input) {
  return NAMES.some((name) => holdsToken(input[name]));
}

/** Without claims that are none: they could be the pieces of a token. */
function sound(input) {
  return { ...input, claims: claimsFault(input.claims) === "" ? input.claims.trim() : "" };
}

function claimsFault(text) {
  if (text.trim() === "") {
    return "";
  }
  try {
    const claims = JSON.parse(text);
    return claims !== null && typeof claims === "object" && !Array.isArray(claims)
      ? "" : "Claims are a JSON object: { … }";
  } catch (fault) {
    return `Not JSON: ${fault.message}`;
  }
}

function told(facts, input, fault) {
  findings(facts.findings, facts.omitted);
  const kind = /^[^/]+$/.test(input.scope.trim()) ? "an organization's policy" : "a repository's policy";
  byId("kind").textContent = input.scope.trim() === "" ? "" : `as ${kind}`;
  fields.domain.placeholder = facts.domain;
  claimsNote(fault);
  const late = expiry(input.claims);
  const gravest = facts.findings.find((each) => each.severity === "error");
  const cause = gravest ? `Line ${gravest.start.line}: ${gravest.message}` : "";
  if (!facts.usable) {
    show("bad", "No token can come of this policy", cause);
  } else if (fault !== "") {
    show("warn", "The claims cannot be read", "The policy alone was checked.");
  } else if (facts.unfit) {
    show("bad", "Refused before the policy is asked", facts.unfit);
  } else if (!facts.verdict) {
    show("calm", "No claims yet", "Give the claims of a token to see whether it would be accepted.");
  } else if (!facts.verdict.accepted) {
    show("bad", "Refused", facts.verdict.summary, outcome(facts.verdict, copy));
  } else if (gravest) {
    show("warn", "Accepted, but no token can come of it", cause, outcome(facts.verdict, copy));
  } else if (late !== "") {
    show("warn", "Accepted, but expired", "Every rule is satisfied, but the exchange refuses a token that has expired.",
      outcome(facts.verdict, copy));
  } else {
    show("good", "Accepted", "Every rule is satisfied.", outcome(facts.verdict, copy));
  }
}

function untold({ gone, refused, message }) {
  if (gone || refused === 429 || refused >= 500) {
    const seconds = Math.round(retry / 1000);
    const again = `What you wrote is safe here. The next try is in ${seconds} second${seconds === 1 ? "" : "s"}.`;
    unasked("warn", gone ? "The server does not answer" : refused === 429 ? "The server is busy" : "The server failed", again);
    timer = setTimeout(evaluate, retry);
    retry = Math.min(2 * retry, LAST_RETRY);
  } else if (refused === 404) {
    unasked("warn", "The playground is switched off", "The server does not offer it any more.");
  } else {
    unasked("warn", "The server refuses to look at this", message);
  }
}

/** Without an answer there is nothing to mark: the text may have changed. */
function unasked(tone, headline, detail) {
  findings([], 0, "");
  show(tone, headline, detail);
}

function findings(list, omitted, summary = counted(list, omitted)) {
  editor.mark(list);
  byId("findings").replaceChildren(...list.map((each) =>
    finding(each, (place) => editor.select(place), (edits) => editor.apply(edits))));
  say(byId("findings-summary"), summary);
}

function show(tone, headline, detail, blocks = []) {
  byId("verdict").ariaBusy = "false";
  byId("banner").dataset.tone = tone;
  byId("jump").dataset.tone = tone;
  byId("jump-text").textContent = headline;
  say(byId("headline"), headline);
  say(byId("detail"), detail);
  byId("outcome").replaceChildren(...blocks);
}

function claimsNote(fault) {
  const note = byId("claims-note");
  const faulty = note.classList.toggle("error", fault !== "");
  fields.claims.ariaInvalid = String(faulty);
  say(note, faulty ? fault : decoded + expiry(fields.claims.value));
}

/** Only what changes is set, because screen readers say it aloud. */
function say(place, text) {
  if (place.textContent !== text) {
    place.textContent = text;
  }
}

/** Keeps in the address what can be sent. */
async function remember(input) {
  newest = input;
  const fragment = input && NAMES.some((name) => input[name] !== "") ? await toFragment(input) : null;
  if (newest === input) {
    ownFragment = fragment === null ? "" : `#${fragment}`;
    history.replaceState(null, "", location.pathname + location.search + ownFragment);
  }
}

async function recall() {
  const input = location.hash === "" ? null : await fromFragment(location.hash.slice(1));
  if (input) {
    yours();
    write(input);
  }
  return input !== null;
}

async function share() {
  const input = written();
  const tokenInside = hasToken(input);
  await remember(tokenInside ? null : sound(input));
  if (ownFragment === "") {
    flash(byId("share"), tokenInside ? "Has a token" : "Too long");
  } else {
    await copy(location.href, byId("share"));
  }
}

async function copy(text, button = document.activeElement) {
  try {
    await navigator.clipboard.writeText(text);
    flash(button, "Copied");
  } catch {
    flash(button, "Not copied");
  }
}

/** A button says for a moment what became of it. */
function flash(button, word) {
  if (button.dataset.word === undefined) {
    button.dataset.word = button.textContent;
  }
  button.textContent = word;
  button.ariaLive = "polite";
  clearTimeout(Number(button.dataset.timer));
  button.dataset.timer = setTimeout(() => { button.textContent = button.dataset.word; }, 2_000);
}

/** Shows the chosen example. The way back leads to what was written before, not through every example. */
function load() {
  const example = EXAMPLES[byId("example").selectedIndex - 1];
  if (own) {
    history.pushState(null, "", location.href);
  }
  own = false;
  write(example);
}

/** What is there now is no example any more, so that each of them can be chosen. */
function yours() {
  own = true;
  byId("example").selectedIndex = 0;
}

byId("example").append(...EXAMPLES.map(({ name }) => element("option", "", name)));
byId("example").addEventListener("change", load);
byId("share").addEventListener("click", share);
fields.claims.addEventListener("input", () => {
  decode();
  claimsEditor.refresh();
});
fields.policy.addEventListener("input", () => editor.refresh());
NAMES.forEach((name) => fields[name].addEventListener("input", () => {
  yours();
  soon();
}));
byId("jump").addEventListener("click", () => {
  byId("verdict").scrollIntoView();
  byId("verdict").focus({ preventScroll: true });
});
new IntersectionObserver(([{ isIntersecting }]) => { byId("jump").hidden = isIntersecting; }).observe(byId("banner"));
window.addEventListener("hashchange", () => location.hash === ownFragment || recall());

if (!await recall()) {
  byId("example").selectedIndex = 1;
  write(EXAMPLES[0]);
}
