/**
 * Text and bytes: UTF-8, with each byte that is not part of any character as U+DC80 + byte - 0x80, as Python's
 * `surrogateescape` has it; so every sequence of bytes survives the way there and back. (The core is compiled without
 * the types of browsers and Node, and `TextDecoder` has no such mode.)
 */

export function encode(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 3);
  let size = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) {
      bytes[size++] = unit;
      continue;
    }
    if (unit >= 0xdc80 && unit <= 0xdcff) {
      bytes[size++] = unit - 0xdc00;
      continue;
    }
    let code = text.codePointAt(i) as number;
    if (code > 0xffff) i++;
    else if (code >= 0xd800 && code <= 0xdfff) code = 0xfffd;
    if (code < 0x800) bytes[size++] = 0xc0 | (code >> 6);
    else {
      if (code < 0x10000) bytes[size++] = 0xe0 | (code >> 12);
      else {
        bytes[size++] = 0xf0 | (code >> 18);
        bytes[size++] = 0x80 | ((code >> 12) & 63);
      }
      bytes[size++] = 0x80 | ((code >> 6) & 63);
    }
    bytes[size++] = 0x80 | (code & 63);
  }
  return bytes.slice(0, size);
}

export function decode(bytes: Uint8Array): string {
  const pieces: string[] = [];
  const units: number[] = [];
  for (let i = 0; i < bytes.length; ) {
    const width = characterWidth(bytes, i);
    const first = bytes[i] as number;
    if (width === 0) units.push(0xdc00 + first);
    else if (width === 1) units.push(first);
    else {
      let code = first & (0xff >> (width + 1));
      for (let k = 1; k < width; k++) code = (code << 6) | ((bytes[i + k] as number) & 63);
      if (code > 0xffff) units.push(0xd800 + ((code - 0x10000) >> 10), 0xdc00 + ((code - 0x10000) & 0x3ff));
      else units.push(code);
    }
    i += width || 1;
    // An argument list has a bound.
    if (units.length > 8000) pieces.push(String.fromCharCode(...units.splice(0)));
  }
  pieces.push(String.fromCharCode(...units));
  return pieces.join('');
}

/** How many bytes the character at `at` has; 0: there is no whole and valid one. */
function characterWidth(bytes: Uint8Array, at: number): number {
  const first = bytes[at] as number;
  if (first < 0x80) return 1;
  const width = first >= 0xf0 && first <= 0xf4 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
  if (first > 0xf4 || width === 0) return 0;
  const second = bytes[at + 1] ?? 0;
  for (let k = 1; k < width; k++) if (((bytes[at + k] ?? 0) & 0xc0) !== 0x80) return 0;
  // Overlong forms, surrogates and what lies beyond U+10FFFF.
  if (first === 0xe0 && second < 0xa0) return 0;
  if (first === 0xed && second > 0x9f) return 0;
  if (first === 0xf0 && second < 0x90) return 0;
  if (first === 0xf4 && second > 0x8f) return 0;
  return width;
}

/** Orders as bytes of UTF-8 are ordered, which is by code points; JavaScript's `<` compares halves of surrogate pairs. */
export function byCodePoint(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  for (let i = 0; i < most; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    if (!isHalf(x) && !isHalf(y)) return x - y;
    const begin = i > 0 && isHalf(a.charCodeAt(i - 1)) ? i - 1 : i;
    return byBytes(encode(a.slice(begin, i + 3)), encode(b.slice(begin, i + 3)));
  }
  return a.length - b.length;
}

function isHalf(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}

function byBytes(a: Uint8Array, b: Uint8Array): number {
  const at = a.findIndex((byte, i) => byte !== b[i]);
  return at < 0 ? a.length - b.length : (a[at] as number) - (b[at] ?? -1);
}
