// A text area with colours behind it, and beside and behind it, where wanted, line numbers and marks at the places that
// the findings are about. Long lines do not wrap: they scroll.

const GLYPHS = { error: "●", warning: "▲", hint: "◆" };
const GRAVITY = ["hint", "warning", "error"];
const MOST_ROWS = 28;
const SPARE_ROWS = 20;
const MOST_COLOURED = 4_000;

export class Editor {
  #text;
  #colour;
  #paint;
  #painted = "";
  #coloured = [];
  #places = new Map();
  #fewestRows;
  #numbers = element("div", "numbers");
  #gutter;
  #marks;
  #lines = 0;

  /** An editor of what is in {@code root}; {@code colour} makes lines of coloured pieces of a text. */
  constructor(root, colour) {
    this.#text = root.querySelector("textarea");
    this.#colour = colour;
    this.#paint = root.querySelector(".paint .sheet");
    this.#gutter = root.querySelector(".gutter .sheet");
    this.#marks = root.querySelector(".marks .sheet");
    this.#fewestRows = this.#text.rows;
    this.#gutter?.append(this.#numbers);
    this.#text.addEventListener("scroll", () => this.#follow());
    new ResizeObserver(() => this.#follow()).observe(this.#text);
    root.classList.add("painted");
    this.refresh();
  }

  /** Numbers and colours the lines as they are now. */
  refresh() {
    const text = this.#text.value;
    const lines = text.split("\n").length;
    if (lines !== this.#lines) {
      this.#lines = lines;
      this.#numbers.textContent = Array.from({ length: lines }, (_, index) => index + 1).join("\n");
      this.#text.rows = Math.min(Math.max(lines + 1, this.#fewestRows), MOST_ROWS);
    }
    this.#coloured = this.#colour(text);
    this.#painted = "";
    this.#follow();
  }

  /** Shows findings where they are; none takes all marks away. */
  mark(findings) {
    const lines = this.#text.value.split("\n");
    const gravest = new Map();
    const marks = [];
    this.#places.clear();
    for (const { severity, start, end } of findings) {
      if (start.line > lines.length) {
        continue;
      }
      const known = gravest.get(start.line);
      if (known === undefined || GRAVITY.indexOf(known) < GRAVITY.indexOf(severity)) {
        gravest.set(start.line, severity);
      }
      const mark = this.#underline(lines[start.line - 1], severity, start, end);
      this.#places.set(`${start.offset}-${end.offset}`, mark);
      marks.push(mark);
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
    const left = this.#places.get(`${start.offset}-${end.offset}`)?.querySelector(".text").offsetLeft ?? 0;
    const shown = left >= this.#text.scrollLeft && left < this.#text.scrollLeft + this.#text.clientWidth * 0.8;
    this.#text.scrollLeft = shown ? this.#text.scrollLeft : Math.max(0, left - this.#text.clientWidth / 3);
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
    this.#brush();
    for (const sheet of [this.#paint, this.#marks]) {
      sheet?.style.setProperty("transform", `translate(${-scrollLeft}px, ${-scrollTop}px)`);
    }
    this.#gutter?.style.setProperty("transform", `translateY(${-scrollTop}px)`);
  }

  /** Draws the lines that can be seen, and some around them: a text may have many. */
  #brush() {
    const row = parseFloat(getComputedStyle(this.#text).lineHeight);
    const first = Math.max(0, Math.floor(this.#text.scrollTop / row / SPARE_ROWS - 1) * SPARE_ROWS);
    const last = first + Math.ceil(this.#text.clientHeight / row / SPARE_ROWS + 2) * SPARE_ROWS;
    const painted = `${first}-${last}`;
    if (painted !== this.#painted) {
      this.#painted = painted;
      this.#paint.style.top = `calc(${first} * var(--row))`;
      this.#paint.replaceChildren(...this.#coloured.slice(first, last).map(drawn));
    }
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

function drawn(pieces) {
  const line = element("div", "line");
  let length = 0;
  for (const [kind, piece] of pieces) {
    length += piece.length;
    line.append(kind === "" || length > MOST_COLOURED ? piece : element("span", `c-${kind}`, piece));
  }
  return line;
}

function below(line) {
  return `calc(${line - 1} * var(--row))`;
}

/** From characters, which the server counts, to UTF-16 units, which a text area does. */
function offsets(text) {
  const mark = text.startsWith("\ufeff") ? 1 : 0;
  const characters = Array.from(text.slice(mark));
  return (offset) => mark + characters.slice(0, offset).join("").length;
}
