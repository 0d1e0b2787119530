/** The palette as a Prism theme, for the code blocks that cannot be run. */
import type { PrismTheme } from 'prism-react-renderer';
import { type Mode, PALETTE } from './palette.ts';

export function codeTheme(mode: Mode): PrismTheme {
  const colours = PALETTE[mode];
  return {
    plain: { backgroundColor: colours.background, color: colours.foreground },
    styles: [
      { types: ['keyword', 'boolean', 'operator-keyword'], style: { color: colours.keyword } },
      { types: ['string', 'triple-quoted-string', 'string-interpolation', 'char'], style: { color: colours.string } },
      { types: ['number', 'constant'], style: { color: colours.number } },
      { types: ['comment', 'prolog'], style: { color: colours.comment, fontStyle: 'italic' } },
      { types: ['function', 'class-name', 'builtin', 'decorator', 'tag'], style: { color: colours.name } },
    ],
  };
}
