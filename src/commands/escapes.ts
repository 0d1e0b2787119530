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

/** Who reads them: coreutils' `echo -e` and `printf`, dash's `echo` and `printf`; `%b` is as echo. */
export type EscapeStyle = 'echo' | 'printf' | 'dash echo' | 'dash printf';

/**
 * `\c` stops the output. In `echo` octal numbers begin with 0; in printf's format they need not. A number above 127 is
 * a byte, not a character: see text.ts.
 */
export function withoutEscapes(text: string, style: EscapeStyle): { text: string; stopped: boolean } {
  let stopped = false;
  const octal = style.endsWith('echo') ? '0[0-7]{0,3}' : '[0-7]{1,3}';
  const more = {
    echo: '|x[0-9a-fA-F]{1,2}|[ec]',
    printf: '|x[0-9a-fA-F]{1,2}|[ec"]',
    'dash echo': '|c',
    'dash printf': '|"',
  };
  const pattern = new RegExp(`\\\\(${octal}|[abfnrtv\\\\]${more[style]})`, 'g');
  const shown = text.replace(pattern, (_whole, what: string) => {
    if (stopped) return '';
    if (what === 'c') {
      stopped = true;
      return STOP;
    }
    if (what === '"') return what;
    if (LETTERS[what] !== undefined) return LETTERS[what];
    const byte = (what.startsWith('x') ? Number.parseInt(what.slice(1), 16) : Number.parseInt(what, 8)) & 255;
    return String.fromCharCode(byte < 0x80 ? byte : 0xdc00 + byte);
  });
  return stopped ? { text: shown.slice(0, shown.indexOf(STOP)), stopped } : { text: shown, stopped };
}

/** No text decoded from bytes, and no argument that a program could pass, holds this. */
const STOP = '\ud800\ud800';
