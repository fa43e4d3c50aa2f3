// What the server said, as elements. Texts stay texts: nothing here makes markup of them.

import { element, GLYPHS } from "./editor.js";

/** One finding; what its buttons do is up to {@code place} and {@code fix}. */
export function finding(each, place, fix) {
  const item = element("li");
  item.dataset.code = each.code;
  const glyph = element("span", `glyph ${each.severity}`, GLYPHS[each.severity]);
  glyph.ariaHidden = "true";
  const where = element("div", "where");
  const line = button("place", `Line ${each.start.line}`, () => place(each));
  const kind = element("span", "kind", `${each.severity} `);
  kind.append(page(each));
  where.append(line, kind);
  item.append(glyph, where, element("p", "message", each.message));
  if (each.fix) {
    const mend = button("small", "Fix", () => fix(each.fix.edits));
    mend.title = each.fix.advice;
    mend.ariaLabel = `Fix line ${each.start.line}: ${each.fix.advice}`;
    item.append(mend);
  }
  return item;
}

/** The code of a finding, which leads to its page in the documentation. */
function page({ code, help }) {
  if (!String(help).startsWith("https://")) {
    return code;
  }
  const link = element("a", "", code);
  link.href = help;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  link.title = "What it means, with a wrong and a right file";
  return link;
}

/** How many there are of each kind, in words. */
export function counted(findings, omitted) {
  const parts = ["error", "warning", "hint"]
    .map((severity) => [severity, findings.filter((each) => each.severity === severity).length])
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => `${count} ${severity}${count === 1 ? "" : "s"}`);
  if (omitted > 0) {
    parts.push(`${omitted} more`);
  }
  return parts.length === 0 ? "No findings" : parts.join(", ");
}

/** Everything that a verdict says beyond its headline. */
export function outcome(verdict, copy) {
  const blocks = [];
  if (verdict.accepted) {
    blocks.push(grant(verdict));
  }
  blocks.push(rules(verdict.rules));
  if (verdict.change) {
    blocks.push(change(verdict, copy));
  }
  return blocks;
}

function grant({ permissions, repositories }) {
  const block = titled("The token could");
  const chips = element("ul", "chips");
  chips.append(...Object.entries(permissions).map(([name, level]) => element("li", "", `${name}: ${level}`)));
  block.append(chips, element("p", "plainly", repositories.length === 0
    ? "in every repository of the App's installation"
    : `in ${repositories.join(", ")}`));
  return block;
}

function rules(list) {
  const block = titled("Rule by rule");
  const items = element("ul", "rules");
  items.append(...list.map(rule));
  block.append(items);
  return block;
}

function rule({ key, satisfied, required, presented, position, hint }) {
  const item = element("li");
  item.dataset.satisfied = satisfied;
  const glyph = element("span", `glyph ${satisfied ? "ok" : "no"}`, satisfied ? "✓" : "✕");
  glyph.ariaHidden = "true";
  const name = element("p", "key", key);
  name.append(element("span", "unseen", satisfied ? " is satisfied" : " is not satisfied"));
  const values = element("dl");
  values.append(element("dt", "", "policy"), quoted(required));
  if (presented.length === 0) {
    values.append(element("dt", "", "token"), element("dd", "", "nothing"));
  }
  const shown = presented.slice(0, 10);
  for (const value of shown) {
    values.append(element("dt", "", "token"), shown.length === 1 && position !== undefined
      ? broken(value, position) : quoted(value));
  }
  if (presented.length > shown.length) {
    values.append(element("dt"), element("dd", "", `and ${presented.length - shown.length} more`));
  }
  item.append(glyph, name, values);
  if (hint) {
    item.append(element("p", "hint-text", hint));
  }
  return item;
}

function quoted(value) {
  const definition = element("dd");
  definition.append(element("code", "", value));
  return definition;
}

/** A value with a mark from where on nothing matches. */
function broken(value, position) {
  const characters = Array.from(value);
  const definition = element("dd");
  const code = element("code", "", characters.slice(0, position).join(""));
  const rest = characters.slice(position).join("");
  if (rest !== "") {
    code.append(element("span", "unseen", " but not "), element("mark", "", rest));
  }
  definition.append(code);
  return definition;
}

function change({ change: lines, warnings }, copy) {
  const block = element("div", "block");
  const head = element("div", "row");
  const text = lines.join("\n");
  head.append(element("h3", "", "To accept this token"), button("small", "Copy", () => copy(text)));
  block.append(head, element("pre", "", text));
  block.append(...warnings.map((warning) => element("p", "careful", `Careful: ${warning}.`)));
  return block;
}

function titled(title) {
  const block = element("div", "block");
  block.append(element("h3", "", title));
  return block;
}

function button(className, text, action) {
  const made = element("button", className, text);
  made.type = "button";
  made.addEventListener("click", action);
  return made;
}
