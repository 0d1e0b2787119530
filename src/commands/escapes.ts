/** Backslash escapes in the arguments of echo and printf. */

const LETTERS: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

/**
 * `\c` stops the output. In `echo` (and printf's %b) octal numbers begin with 0; in printf's format they need not. A
 * number above 127 is a byte, not a character: see text.ts.
 */
export function withoutEscapes(text: string, style: 'echo' | 'printf'): { text: string; stopped: boolean } {
  let stopped = false;
  const octal = style === 'echo' ? '0[0-7]{0,3}' : '[0-7]{1,3}';
  const pattern = new RegExp(`\\\\(${octal}|x[0-9a-fA-F]{1,2}|[abefnrtv\\\\c"])`, 'g');
  const shown = text.replace(pattern, (whole, what: string) => {
    if (stopped) return '';
    if (what === 'c') {
      stopped = true;
      return STOP;
    }
    if (what === '"') return style === 'printf' ? '"' : whole;
    if (LETTERS[what] !== undefined) return LETTERS[what];
    const byte = (what.startsWith('x') ? Number.parseInt(what.slice(1), 16) : Number.parseInt(what, 8)) & 255;
    return String.fromCharCode(byte < 0x80 ? byte : 0xdc00 + byte);
  });
  return stopped ? { text: shown.slice(0, shown.indexOf(STOP)), stopped } : { text: shown, stopped };
}

/** No text decoded from bytes, and no argument that a program could pass, holds this. */
const STOP = '\ud800\ud800';
