/** `echo` and `yes`. The shell's own echo, which knows escapes, is in sh/builtins.ts. */

import { withoutEscapes } from './escapes.ts';
import { parseOptions } from './options.ts';
import { BLOCK, program } from './program.ts';
import { encode } from './text.ts';

export const echo = program('echo', 1, function* (run) {
  const words = run.process.argv.slice(1);
  let newline = true;
  let escapes = false;
  while (words[0] !== undefined && /^-[neE]+$/.test(words[0])) {
    for (const letter of (words.shift() as string).slice(1)) {
      if (letter === 'n') newline = false;
      else escapes = letter === 'e';
    }
  }
  const text = words.join(' ');
  const { text: shown, stopped } = escapes ? withoutEscapes(text, 'echo') : { text, stopped: false };
  yield* run.out(newline && !stopped ? `${shown}\n` : shown);
  return 0;
});

export const yes = program('yes', 1, function* (run) {
  const { operands: words } = yield* parseOptions(run, { letters: '' });
  const line = encode(`${words.length > 0 ? words.join(' ') : 'y'}\n`);
  const block = new Uint8Array(line.length * Math.max(1, Math.floor(BLOCK / 4 / line.length)));
  for (let at = 0; at < block.length; at += line.length) block.set(line, at);
  for (;;) {
    yield* run.out(block);
    yield* run.flush();
  }
});
