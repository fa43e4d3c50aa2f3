// Tokens are secrets: they are recognised and decoded here, and nothing that holds one leaves the page.

const PART = "[A-Za-z0-9_-]";
const ALONE = new RegExp(`^${PART}+\\.${PART}+\\.${PART}*$`);
const INSIDE = new RegExp(`${PART}{8,}\\.${PART}{2,}\\.${PART}*`, "g");
const GITHUB = /\b(?:gh[a-z]|github_pat)_[A-Za-z0-9_.-]{16,}/;

/** The claims of a text that is a token and nothing else; null for every other text. */
export function claimsOf(text) {
  // Terminals and mail break long lines.
  const token = text.trim().replace(/^Bearer\s+/i, "").replace(/\s+/g, "").replace(/^["']|["']$/g, "");
  return ALONE.test(token) && decoded(token.split(".")[0]) ? decoded(token.split(".")[1]) : null;
}

/** Whether there is a token anywhere in a text. */
export function holdsToken(text) {
  return GITHUB.test(text)
      || [...text.matchAll(INSIDE)].some(([candidate]) => decoded(candidate.split(".")[0])?.alg !== undefined);
}

function decoded(part) {
  try {
    const bytes = Uint8Array.from(atob(part.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
    const value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return value !== null && typeof value === "object" && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
