import { expect, test } from 'vitest';
import { PALETTE } from './palette.ts';

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.03928 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [light = 1, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

test.each(['light', 'dark'] as const)('every %s text colour is readable', (mode) => {
  const { background, activeLine, terminal, ansi, ...rest } = PALETTE[mode];
  const texts = [rest.foreground, rest.keyword, rest.string, rest.number, rest.comment, rest.name];
  const pairs = [
    ...texts.flatMap((text) => [background, activeLine].map((on) => [text, on] as const)),
    ...[rest.foreground, ...ansi].map((text) => [text, terminal] as const),
  ];
  const unreadable = pairs.filter(([text, on]) => contrast(text, on) < 4.5);
  expect(unreadable).toEqual([]);
});
