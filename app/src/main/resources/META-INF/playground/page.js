// Typing is followed by a question to the server after a short rest; only the answer to the newest question is shown.

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
const editor = new Editor(byId("editor"));
let timer;
let asked = new AbortController();
let retry = FIRST_RETRY;
let ownFragment = "";
let newest = null;

function written() {
  return Object.fromEntries(NAMES.map((name) => [name, fields[name].value]));
}

function write(input) {
  NAMES.forEach((name) => { fields[name].value = input[name]; });
  say(byId("claims-note"), "");
  decode();
  editor.number();
  editor.mark([]);
  soon(0);
}

/** Replaces a token in the claims by what it says, before anything else sees it. */
function decode() {
  const claims = claimsOf(fields.claims.value);
  if (claims) {
    fields.claims.value = JSON.stringify(claims, null, 2);
    say(byId("claims-note"), `The token was decoded on this page and taken away; only its claims are left.${age(claims)}`);
  }
}

function age({ exp }) {
  return typeof exp === "number" && exp * 1000 < Date.now() ? " It has expired." : "";
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
    unasked("calm", "No policy yet", "Write one, or load an example.");
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
  if (faulty || note.dataset.faulty === "true") {
    say(note, fault);
  }
  note.dataset.faulty = faulty;
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

/** The way back leads to what was written before. */
function load() {
  history.pushState(null, "", location.href);
  write(EXAMPLES[byId("example").selectedIndex]);
}

byId("example").append(...EXAMPLES.map(({ name }) => element("option", "", name)));
byId("load").addEventListener("click", load);
byId("share").addEventListener("click", share);
fields.claims.addEventListener("input", () => {
  say(byId("claims-note"), "");
  decode();
});
fields.policy.addEventListener("input", () => editor.number());
NAMES.forEach((name) => fields[name].addEventListener("input", () => soon()));
byId("jump").addEventListener("click", () => {
  byId("verdict").scrollIntoView();
  byId("verdict").focus({ preventScroll: true });
});
new IntersectionObserver(([{ isIntersecting }]) => { byId("jump").hidden = isIntersecting; }).observe(byId("banner"));
window.addEventListener("hashchange", () => location.hash === ownFragment || recall());

if (!await recall()) {
  write(EXAMPLES[0]);
}
