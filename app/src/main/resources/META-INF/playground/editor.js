// Line numbers beside the policy, and marks at the places that the findings are about.

const GLYPHS = { error: "●", warning: "▲", hint: "◆" };
const GRAVITY = ["hint", "warning", "error"];
const FEWEST_ROWS = 12;
const MOST_ROWS = 28;

export class Editor {
  #text;
  #numbers = element("div", "numbers");
  #gutter;
  #marks;
  #lines = 0;

  constructor(root) {
    this.#text = root.querySelector("textarea");
    this.#gutter = root.querySelector(".gutter .sheet");
    this.#marks = root.querySelector(".marks .sheet");
    this.#gutter.append(this.#numbers);
    this.#text.addEventListener("scroll", () => this.#follow());
    this.number();
  }

  /** Numbers the lines as they are now. */
  number() {
    const lines = this.#text.value.split("\n").length;
    if (lines !== this.#lines) {
      this.#lines = lines;
      this.#numbers.textContent = Array.from({ length: lines }, (_, index) => index + 1).join("\n");
      this.#text.rows = Math.min(Math.max(lines + 1, FEWEST_ROWS), MOST_ROWS);
    }
    this.#follow();
  }

  /** Shows findings where they are; none takes all marks away. */
  mark(findings) {
    const lines = this.#text.value.split("\n");
    const gravest = new Map();
    const marks = [];
    for (const { severity, start, end } of findings) {
      if (start.line > lines.length) {
        continue;
      }
      const known = gravest.get(start.line);
      if (known === undefined || GRAVITY.indexOf(known) < GRAVITY.indexOf(severity)) {
        gravest.set(start.line, severity);
      }
      marks.push(this.#underline(lines[start.line - 1], severity, start, end));
    }
    this.#marks.replaceChildren(...marks);
    this.#gutter.replaceChildren(this.#numbers, ...[...gravest].map(([line, severity]) => {
      const glyph = element("span", `mark ${severity}`, GLYPHS[severity]);
      glyph.dataset.line = line;
      glyph.style.top = below(line);
      return glyph;
    }));
    this.#follow();
  }

  /** Puts the cursor where a finding is. */
  select({ start, end }) {
    const at = offsets(this.#text.value);
    this.#text.focus();
    this.#text.setSelectionRange(at(start.offset), at(end.offset));
    const row = parseFloat(getComputedStyle(this.#text).lineHeight);
    this.#text.scrollTop = Math.max(0, (start.line - 4) * row);
  }

  /** Changes the text as if it were typed, so that it can be undone. */
  apply(edits) {
    for (const { start, end, replacement } of [...edits].sort((one, other) => other.start - one.start)) {
      const at = offsets(this.#text.value);
      this.#text.focus();
      this.#text.setSelectionRange(at(start), at(end));
      const typed = replacement === ""
        ? document.execCommand("delete") : document.execCommand("insertText", false, replacement);
      if (!typed) {
        this.#text.setRangeText(replacement, at(start), at(end), "end");
        this.#text.dispatchEvent(new Event("input"));
      }
    }
  }

  #underline(line, severity, start, end) {
    const characters = Array.from(line);
    const from = Math.min(start.column - 1, characters.length);
    const to = end.line > start.line ? characters.length : Math.max(end.column - 1, from);
    const marked = characters.slice(from, to).join("") || characters[from] || "  ";
    const mark = element("div", `mark ${severity}`);
    mark.style.top = below(start.line);
    mark.append(characters.slice(0, from).join(""), element("span", "text", marked));
    return mark;
  }

  #follow() {
    const { scrollLeft, scrollTop } = this.#text;
    this.#gutter.style.transform = `translateY(${-scrollTop}px)`;
    this.#marks.style.transform = `translate(${-scrollLeft}px, ${-scrollTop}px)`;
  }
}

/** An element with a class and a text. */
export function element(name, className, text) {
  const made = document.createElement(name);
  if (className) {
    made.className = className;
  }
  if (text !== undefined) {
    made.textContent = text;
  }
  return made;
}

export { GLYPHS };

function below(line) {
  return `calc(${line - 1} * var(--row))`;
}

/** From characters, which the server counts, to UTF-16 units, which a text area does. */
function offsets(text) {
  const mark = text.startsWith("\ufeff") ? 1 : 0;
  const characters = Array.from(text.slice(mark));
  return (offset) => mark + characters.slice(0, offset).join("").length;
}
