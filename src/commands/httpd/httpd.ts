/**
 * `httpd`: a small server for the pages of a folder, over HTTP/1.1 without encryption: GET and HEAD. It may be slow, hang
 * or fail as a whole, since clients are written for that, too.
 */
import { isFailed } from '../../kernel/errno.ts';
import type { Fd } from '../../kernel/files/types.ts';
import { ANY } from '../../kernel/sockets/addresses.ts';
import { listen } from '../listen.ts';
import { misuse, parseOptions } from '../options.ts';
import { program } from '../program.ts';
import { quoted, reason } from '../reasons.ts';
import { type Behaviour, Server } from './server.ts';

const MOST_PORTS = 16;
/** Seconds. */
const LONGEST_DELAY = 86_400;

export const httpd = program('httpd', 1, function* (run) {
  const { options, operands } = yield* parseOptions(run, {
    letters: 'p:r:d:hs:',
    long: { port: 'p', root: 'r', delay: 'd', hang: 'h', status: 's' },
  });
  if (operands.length > 0) yield* misuse(run, `extra operand ${quoted(operands[0] as string)}`);
  const ports: number[] = [];
  let behaviour: Behaviour = { root: '.', delay: 0, hangs: false, status: null };
  for (const { letter, value } of options) {
    const number = /^(\d+\.?\d*|\.\d+)$/.test(value) ? Number(value) : Number.NaN;
    const whole = Number.isInteger(number);
    if (letter === 'p') {
      if (!whole || number < 1 || number > 65_535) yield* misuse(run, `invalid port: ${quoted(value)}`);
      if (!ports.includes(number)) ports.push(number);
    } else if (letter === 'd') {
      if (!(number <= LONGEST_DELAY)) yield* misuse(run, `invalid number of seconds: ${quoted(value)}`);
      behaviour = { ...behaviour, delay: number };
    } else if (letter === 's') {
      if (!whole || number < 200 || number > 599) yield* misuse(run, `invalid status: ${quoted(value)}`);
      behaviour = { ...behaviour, status: number };
    } else if (letter === 'r') behaviour = { ...behaviour, root: value.replace(/(?<=.)\/+$/, '') };
    else behaviour = { ...behaviour, hangs: true };
  }
  if (ports.length > MOST_PORTS) yield* misuse(run, 'too many ports');
  const root = run.calls.stat(null, behaviour.root, true);
  if (isFailed(root)) return yield* run.fail(1, `${quoted(behaviour.root)}: ${reason(root)}`);
  if (root.kind !== 'folder') return yield* run.fail(1, `${quoted(behaviour.root)}: Not a directory`);
  const { sockets } = run.process;
  if (!sockets) return yield* run.fail(1, 'this machine has no network');
  const listeners: Fd[] = [];
  const wanted = ports.length > 0 ? ports : [80];
  for (const port of wanted) {
    const made = listen(sockets, ANY, port);
    if (!isFailed(made)) listeners.push(made);
    else yield* run.fail(1, `port ${port}: ${made.errno === 'EADDRINUSE' ? 'Address already in use' : reason(made)}`);
  }
  yield* run.out(`httpd: listening on port ${wanted.join(', ')}\n`);
  yield* run.flush();
  return yield* new Server(run, sockets, listeners, behaviour).serve();
});
