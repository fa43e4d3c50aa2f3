// What was written, as the fragment of the page's address: browsers never send fragments.

const PACKED = "1.";
const PLAIN = "0.";
const LONGEST = 64_000;
const LARGEST = 400_000;
const NAMES = ["policy", "claims", "scope", "domain"];

/** The fragment without #; null when it would be too long for an address. */
export async function toFragment(input) {
  const bytes = new TextEncoder().encode(JSON.stringify(NAMES.map((name) => input[name])));
  const fragment = typeof CompressionStream === "function"
    ? PACKED + toBase64(await through(bytes, new CompressionStream("deflate-raw")))
    : PLAIN + toBase64(bytes);
  return fragment.length <= LONGEST ? fragment : null;
}

/** What the fragment says; null when it is none of ours. It may come from anybody. */
export async function fromFragment(fragment) {
  if (fragment.length > LONGEST) {
    return null;
  }
  try {
    const form = fragment.slice(0, 2);
    const bytes = fromBase64(fragment.slice(2));
    const texts = form === PACKED ? await through(bytes, new DecompressionStream("deflate-raw"))
      : form === PLAIN ? bytes : new Uint8Array();
    const values = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(texts));
    const sound = Array.isArray(values) && values.length === NAMES.length
      && values.every((value) => typeof value === "string");
    return sound ? Object.fromEntries(NAMES.map((name, index) => [name, values[index]])) : null;
  } catch {
    return null;
  }
}

async function through(bytes, stream) {
  const writer = stream.writable.getWriter();
  const written = writer.write(bytes).then(() => writer.close());
  written.catch(() => {}); // reading fails as well, and says so
  const reader = stream.readable.getReader();
  const parts = [];
  let length = 0;
  for (let { value, done } = await reader.read(); !done; { value, done } = await reader.read()) {
    parts.push(value);
    length += value.length;
    if (length > LARGEST) {
      await reader.cancel();
      throw new RangeError("too much for a page");
    }
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

function toBase64(bytes) {
  let text = "";
  for (let start = 0; start < bytes.length; start += 8192) {
    text += String.fromCharCode(...bytes.subarray(start, start + 8192));
  }
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function fromBase64(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
}
