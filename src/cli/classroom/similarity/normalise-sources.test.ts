/** Sources are data: whatever they say, they are tokenised as far as Python can, and never executed. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildEngine } from '../../../build/engine.ts';
import { cleanSource, type Normalised } from '../../../classroom/similarity/normalised.ts';
import type { EngineClient } from '../../../worker/client-types.ts';
import { createNodeEngine } from '../../../worker/node.ts';
import { normaliseSources } from './normalise-sources.ts';

let engine: EngineClient;
beforeAll(async () => {
  engine = createNodeEngine(await buildEngine());
});
afterAll(() => engine.dispose());

async function normalise(source: string): Promise<Normalised> {
  const normalised = (await normaliseSources(engine, [source])).get(cleanSource(source));
  if (normalised === undefined) throw new Error('it is not there');
  return normalised;
}

const tokensOf = async (source: string) => (await normalise(source)).tokens.join(' ');
const programOf = async (source: string) => (await normalise(source)).program;

test('names that the answer gives are all the same; the language’s and the library’s stay', async () => {
  const source = `"""Doc."""
import threading  # all of it

class Account:
    def deposit(self, amount: int = 3, *more):
        'Doc.'
        with self.lock, open(f'{amount}') as log:
            self.balance += sum(x for x in more); self.lock.notify_all()
`;
  expect(await tokensOf(source)).toBe(
    'import threading class name : indent def name ( name , name : int = 0 , * name ) : indent ' +
      "with name . lock , open ( f' { name } 'f ) as name : indent " +
      'name . name += sum ( name for name in name ) name . lock . notify_all ( ) dedent dedent dedent',
  );
});

test.each([
  ['an exception stays itself', 'try: f()\nexcept OSError: raise', 'try : f ( ) except OSError : raise'],
  ['what a variable is called is no attribute', 'items = {}\nd.items()', 'name = { } d . items ( )'],
  [
    'what a class has is',
    'class A:\n  x: B = 1\n  y = 2\nb = A()\nb.x, b.y',
    'class name : indent name : B = 0 name = 0 dedent name = name ( ) name . name , name . name',
  ],
  ['several targets', 'a, (b, c.d) = e = f', 'name , ( b , c . d ) = name = f'],
  [
    'loops, with, walrus, lambda',
    'for a, b in c:\n  with d as e: (g := h(lambda i, *j: i))',
    'for name , name in c : indent with d as name : ( name := h ( lambda name , * name : name ) ) dedent',
  ],
  ['an alias is', 'import threading as t\nt.Lock()', 'import threading as name name . Lock ( )'],
  ['arguments of the library stay', 'Thread(target=f, daemon=True)', 'Thread ( target = f , daemon = True )'],
  ['a trailing comma is layout', 'f(a, b,)', 'f ( a , b )'],
])('%s: %j', async (_, source, tokens) => {
  expect(await tokensOf(source)).toBe(tokens);
});

test('each token is where it stands', async () => {
  const { regions, main } = await normalise('x = "😀"; y = 1\r\nif __name__ == "__main__":\n    x()\nz = 2\n');
  expect(regions.slice(0, 4).map((one) => [one.startRow, one.startCol, one.endRow, one.endCol])).toEqual([
    [0, 0, 0, 1],
    [0, 2, 0, 3],
    [0, 4, 0, 7],
    [0, 9, 0, 10],
  ]);
  expect(main).toEqual([6, 16]);
});

describe('a program is the same', () => {
  const source =
    'import threading\nlock = threading.Lock()\ndef go(n, i=0):\n    with lock:\n        return [i for i in n]\n';
  test.each([
    [
      'with other names',
      source.replaceAll('lock', 'mutex').replaceAll('go', 'run').replaceAll('n,', 'k,').replace('in n', 'in k'),
    ],
    ['in another layout', source.replaceAll('    ', '\t').replace('[i for i in n]', '([\n\n  i for i in n # all\n])')],
    ['with docstrings and types', source.replace('i=0):', 'i: int = 0) -> list:\n    """Goes."""')],
    ['with a part that only runs as a program', `${source}\nif __name__ == '__main__':\n    go([1])\n`],
  ])('%s', async (_, other) => {
    const program = await programOf(source);
    expect(program).toMatch(/^[0-9a-f]{32}$/);
    expect(await programOf(other)).toBe(program);
  });
  test.each([
    ['with another lock', source.replace('threading.Lock', 'threading.RLock')],
    ['with a lock of its own', source.replace('with lock', 'with threading.Lock()')],
    ['with another number', source.replace('i=0', 'i=1')],
    ['if two names are one', source.replace('i for i in n', 'n for i in n')],
    ['if a block is longer', source.replace('        return', '        pass\n    return')],
  ])('not %s', async (_, other) => {
    expect(await programOf(other)).not.toBe(await programOf(source));
  });
  test('whatever the library calls its own', async () => {
    const chat = 'import socket\nclass Chat:\n    def __init__(self):\n        self.socket = socket.socket()\n';
    expect(await programOf(chat.replace('self.socket', 'self.line'))).toBe(await programOf(chat));
  });
});

const HOSTILE: Record<string, string> = {
  empty: '',
  'a NUL': 'x = 1\0\ny = 2\n',
  'a lone surrogate': 'x = "\ud800"\n',
  'text that turns round': 'x = "\u202e"\n# \u202e </script>\n',
  'control characters': 'x = 1\x0c\n\x1b[31m\x07\n',
  'an encoding': '# coding: utf-16\nx = 1\n',
  'no sense': 'def f(:\n  pass\nx = 1 1 $ ?\n',
  'an open string': 'x = """abc\nfoo\n',
  'odd tabs': 'if x:\n\ty\n        z\n',
  'open brackets': '('.repeat(200_000),
  'deep brackets': `x = ${'['.repeat(199)}${']'.repeat(199)}`,
  'deep blocks': Array.from({ length: 300 }, (_, n) => `${' '.repeat(n)}if x:`).join('\n'),
  'deep operators': `x = ${'-'.repeat(199_000)}1`,
  'a long sum': `x = ${'1+'.repeat(9000)}1`,
  'a long chain': `x = a${'.b()'.repeat(4000)}`,
  'many lambdas': `x = ${'lambda:'.repeat(2500)}1`,
  'many elifs': `if a: b\n${'elif a: b\n'.repeat(1900)}`,
  'strings in strings': `x = ${'f"{'.repeat(100)}${'}"'.repeat(100)}`,
  'one long line': 'a '.repeat(100_000),
  'one long name': `${'a'.repeat(199_000)} = 1\n`,
  'one long number': `x = ${'9'.repeat(100_000)}\n`,
  'many lines': 'a = 1\n'.repeat(33_000),
  'code that would act': 'import os\nos._exit(3)\nraise SystemExit\n@os.abort\nclass A(metaclass=exit): pass\n',
};

test.each(Object.entries(HOSTILE))('%s: is tokens or lines, at most 3,000', async (_, source) => {
  const { tokens, regions } = await normalise(source);
  expect(tokens.length).toBeLessThanOrEqual(3000);
  expect(regions).toHaveLength(tokens.length);
  expect(tokens.every((token) => token.length <= 200_000)).toBe(true);
});

test('what Python cannot read is compared line by line from there on', async () => {
  const { tokens, readable, program } = await normalise("lock = 1\nx = 'a\n  y  z\n");
  expect(tokens).toEqual(['name', '=', '0', 'name', '=', 'yz']);
  expect([readable, program]).toEqual([false, null]);
});

test('one that is hostile does not hurt the others', async () => {
  const good = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`good ${n}`, `x = ${n}\n`]));
  const all = await normaliseSources(engine, Object.values({ ...HOSTILE, ...good }));
  expect(all.size).toBe(63);
  for (const source of Object.values(good)) expect(all.get(source)?.tokens.join(' ')).toBe('name = 0');
  const again = await normaliseSources(engine, Object.values({ ...good, ...HOSTILE }));
  for (const [source, one] of all) expect(again.get(source)).toEqual(one);
});
