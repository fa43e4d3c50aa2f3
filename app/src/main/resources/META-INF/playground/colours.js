// Colours for YAML and JSON. A line comes back in pieces, [class, text]: joined they are the line. Nothing here judges a
// text; the server does.

const ATOM = /^(?:true|false|null|~|[-+]?(?:\d[\d_]*)(?:\.\d*)?(?:[eE][-+]?\d+)?)$/;
const JSON_PIECE = /("(?:[^"\\]|\\.)*"?)(\s*:)?|-?\d[\d.eE+-]*|true|false|null|[{}[\],:]|\s+|[^\s"{}[\],:]+/g;

export function json(text) {
  return text.split("\n").map((line) => [...line.matchAll(JSON_PIECE)].flatMap(([piece, string, colon]) => {
    if (string !== undefined) {
      return colon === undefined ? [["string", piece]] : [["key", string], ["mark", colon]];
    }
    return [[ATOM.test(piece) ? "atom" : /^[{}[\],:]$/.test(piece) ? "mark" : "", piece]];
  }));
}

export function yaml(text) {
  const state = { block: -1, quote: "", depth: 0 };
  return text.split("\n").map((line) => new YamlLine(line, state).pieces());
}

/** One line of YAML. What goes on over its end is in the state: a block of text, a quoted text, brackets. */
class YamlLine {
  #line;
  #state;
  #at = 0;
  #pieces = [];

  constructor(line, state) {
    this.#line = line;
    this.#state = state;
  }

  pieces() {
    const indent = this.#line.search(/\S|$/);
    const blank = indent === this.#line.length;
    if (this.#state.block >= 0 && (blank || indent > this.#state.block)) {
      this.#take("string", this.#line.length);
      return this.#pieces;
    }
    this.#state.block = -1;
    if (this.#state.quote !== "") {
      this.#quoted(this.#at);
    } else if (/^(?:---|\.\.\.)(?:\s|$)/.test(this.#line)) {
      this.#take("mark", 3);
    }
    while (this.#at < this.#line.length) {
      this.#next(indent);
    }
    return this.#pieces;
  }

  #next(indent) {
    const rest = this.#line.slice(this.#at);
    const first = rest[0];
    const blanks = rest.search(/\S|$/);
    const fresh = this.#at === 0 || /\s/.test(this.#line[this.#at - 1]);
    if (blanks > 0) {
      this.#take("", this.#at + blanks);
    } else if (first === "#" && fresh) {
      this.#take("comment", this.#line.length);
    } else if (/^[-?](?:\s|$)/.test(rest) || "{}[],".includes(first)) {
      this.#state.depth = Math.max(0, this.#state.depth + ("{[".includes(first) ? 1 : "}]".includes(first) ? -1 : 0));
      this.#take("mark", this.#at + 1);
    } else if (first === "'" || first === '"') {
      this.#state.quote = first;
      this.#quoted(this.#at + 1);
    } else if (/^[|>][-+0-9]*\s*(?:#.*)?$/.test(rest)) {
      this.#state.block = indent;
      this.#take("mark", this.#at + rest.match(/^[|>][-+0-9]*/)[0].length);
    } else {
      this.#plain();
    }
  }

  /** A text without quotes: a key when a colon ends it. */
  #plain() {
    const flow = this.#state.depth > 0;
    let end = this.#at;
    for (; end < this.#line.length; end += 1) {
      const character = this.#line[end];
      const next = this.#line[end + 1] ?? " ";
      if (character === ":" && (/\s/.test(next) || (flow && ",[]{}".includes(next)))) {
        this.#take("key", end);
        this.#take("mark", end + 1);
        return;
      }
      if ((character === "#" && /\s/.test(this.#line[end - 1] ?? " ")) || (flow && ",[]{}".includes(character))) {
        break;
      }
    }
    const written = this.#line.slice(this.#at, end).trimEnd();
    this.#take(ATOM.test(written) ? "atom" : "", Math.max(this.#at + written.length, this.#at + 1));
  }

  /** The rest of a quoted text from a place on; it is a key when a colon follows. */
  #quoted(from) {
    const { quote } = this.#state;
    let end = from;
    while (end < this.#line.length && this.#line[end] !== quote) {
      end += quote === '"' && this.#line[end] === "\\" ? 2 : 1;
    }
    if (end >= this.#line.length) {
      this.#take("string", this.#line.length);
      return;
    }
    this.#state.quote = "";
    const key = /^\s*:(?:\s|$)/.test(this.#line.slice(end + 1));
    this.#take(key ? "key" : "string", end + 1);
    if (key) {
      this.#take("mark", this.#line.indexOf(":", end + 1) + 1);
    }
  }

  #take(kind, end) {
    if (end > this.#at) {
      this.#pieces.push([kind, this.#line.slice(this.#at, end)]);
      this.#at = end;
    }
  }
}
