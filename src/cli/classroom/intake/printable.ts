/** A stranger's text, safe to print: one line, nothing that moves a cursor, hides, or turns the writing around. */

/** Controls, terminal escapes, marks that nobody sees, halves of characters, separators of lines and paragraphs. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu;
/** Joiners mean something between letters of Persian or Hindi and in emoji. */
const JOINING = /(?<=[^\p{ASCII}])[\u200c\u200d](?=[^\p{ASCII}])/u;
const TOO_MANY_MARKS = /(\p{M}{4})\p{M}+/gu;

/** What is not seen becomes `\u{1b}`; at most `most` characters. */
export function printable(text: string, most = 200): string {
  const start = text.slice(0, most + 1).replace(TOO_MANY_MARKS, '$1');
  const safe = start.replace(UNSEEN, (unseen, at: number) =>
    JOINING.test(start.slice(Math.max(0, at - 2), at + 3)) && /[\u200c\u200d]/.test(unseen)
      ? unseen
      : `\\u{${unseen.codePointAt(0)?.toString(16)}}`,
  );
  return text.length > most || safe.length > most ? `${whole(safe.slice(0, most - 1))}…` : safe;
}

/** Without the first half of a character that was cut in two. */
function whole(text: string): string {
  return text.replace(/[\ud800-\udbff]$/, '');
}

/** "a, b, c and 4 more": a list in a sentence, however long. */
export function someOf(texts: readonly string[], most = 3): string {
  const shown = texts.slice(0, most).map((text) => printable(text, 80));
  return texts.length > most ? `${shown.join(', ')} and ${texts.length - most} more` : shown.join(', ');
}
