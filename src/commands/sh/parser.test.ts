// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a shell's `${…}` is no template.
/** The shell's grammar: what a script is taken for, and what dash says when it is none. */
import { describe, expect, test } from 'vitest';
import { type List, pieceText, type Word } from './ast.ts';
import { Parser } from './parser.ts';
import { ShellSyntaxError } from './words.ts';

/** All complete commands of a script, without places. */
function parse(text: string): unknown {
  const parser = new Parser(text);
  const lists: List[] = [];
  for (let list = parser.next(); list !== null; list = parser.next()) lists.push(list);
  return JSON.parse(JSON.stringify(lists, (key, value) => (key === 'piece' || key === 'line' ? undefined : value)));
}

function problem(text: string): string {
  try {
    parse(text);
  } catch (thrown) {
    if (thrown instanceof ShellSyntaxError) return `${thrown.line}: ${thrown.message}`;
    throw thrown;
  }
  return 'none';
}

/** The words of a script that is one simple command, in short. */
function words(text: string): string[] {
  const command = new Parser(text).next()?.[0]?.first.commands[0]?.command;
  if (command?.kind !== 'simple') throw new Error('not a simple command');
  return command.words.map(short);
}

function short(word: Word): string {
  return word
    .map((part) => {
      const quote = part.quoted ? '"' : '';
      if (part.kind === 'text') return `${quote}${part.text}${quote}`;
      if (part.kind === 'parameter') {
        const inside = part.operator === '' ? '' : `${part.colon ? ':' : ''}${part.operator}${short(part.word)}`;
        return `${quote}{${part.name}${inside}}${quote}`;
      }
      if (part.kind === 'command') return `${quote}(${part.script})${quote}`;
      return part.kind === 'arithmetic' ? `${quote}((${short(part.word)}))${quote}` : 'bad';
    })
    .join('+');
}

describe('words', () => {
  test.each([
    ['echo a  b # c', ['echo', 'a', 'b']],
    [`echo 'a b'"c d"e\\ f`, ['echo', '"a b"+"c d"+e+" "+f']],
    ['echo "" \'\'', ['echo', '""', '""']],
    ['echo $x ${x} "$x"', ['echo', '{x}', '{x}', '"{x}"']],
    ['echo ${x:-a $y}z ${#x} ${x##*/}', ['echo', '{x:-a +{y}}+z', '{xlength}', '{x##*/}']],
    ['echo $1$@ $? $$', ['echo', '{1}+{@}', '{?}', '{$}']],
    ['echo $(a | b) `c \\`d\\``', ['echo', '(a | b)', '(c `d`)']],
    ['echo "$(echo ")")" x', ['echo', '"(echo ")")"', 'x']],
    ['echo $(case a in a) echo b;; esac) x', ['echo', '(case a in a) echo b;; esac)', 'x']],
    ['echo $((1 + (2))) $( (a) )', ['echo', '(("1 + (2)"))', '( (a) )']],
    ['echo "\\a\\$\\\\" a\\\nb', ['echo', '"\\a"+"$"+"\\"', 'ab']],
    ['echo ${x!}', ['echo', 'bad']],
    ['echo a#b {a} a=b', ['echo', 'a#b', '{a}', 'a=b']],
    ['echo $ $% "$"', ['echo', '$', '$%', '"$"']],
  ])('%s', (text, expected) => {
    expect(words(text as string)).toEqual(expected);
  });
});

test('operators bind as they should', () => {
  const simple = (name: string) => ({
    command: { kind: 'simple', assignments: [], words: [[{ kind: 'text', text: name, quoted: false }]], redirects: [] },
  });
  expect(parse('a | b && ! c || d & e')).toEqual([
    [
      {
        first: { negated: false, commands: [simple('a'), simple('b')] },
        rest: [
          { when: '&&', pipeline: { negated: true, commands: [simple('c')] } },
          { when: '||', pipeline: { negated: false, commands: [simple('d')] } },
        ],
        background: true,
      },
      { first: { negated: false, commands: [simple('e')] }, rest: [], background: false },
    ],
  ]);
});

test('a complete command ends with its line, and what follows has not been read', () => {
  const parser = new Parser('a; b\nfi\n');
  expect(parser.next()).toHaveLength(2);
  expect(() => parser.next()).toThrow('"fi" unexpected');
});

test('a piece of a script brings the here-documents along that are written below it', () => {
  const parser = new Parser("{ cat <<A; cat <<-'B'; } | wc\n$x\nA\n\tb\n\tB\nafter\n");
  const [item] = parser.next() ?? [];
  const piece = item?.first.commands[0]?.piece;
  expect(piece && pieceText(piece)).toBe("{ cat <<A; cat <<-'B'; } \n$x\nA\n\tb\n\tB\n");
  expect(parser.next()).toHaveLength(1);
});

test('a here-document whose end has not come is open', () => {
  const parser = new Parser('cat <<A\ntext\n');
  parser.next();
  expect(parser.openDocument).toBe(true);
});

describe('errors', () => {
  // What dash 0.5.12 says.
  test.each([
    ['if', '1: end of file unexpected (expecting "then")'],
    ['fi', '1: "fi" unexpected'],
    ['if\n', '2: end of file unexpected (expecting "then")'],
    ['if true; then fi', '1: "fi" unexpected'],
    ['echo "abc', '1: Unterminated quoted string'],
    ['echo $(ls', '1: end of file unexpected (expecting ")")'],
    ['echo `ls', '1: EOF in backquote substitution'],
    ['echo ${x', "1: Missing '}'"],
    ['(echo a', '1: end of file unexpected (expecting ")")'],
    ['echo )', '1: ")" unexpected'],
    ['| a', '1: "|" unexpected'],
    ['for x in a b do', '1: end of file unexpected'],
    ['case x in', '1: end of file unexpected (expecting ")")'],
    ['while true; do echo', '1: end of file unexpected (expecting "done")'],
    ['echo a |', '1: end of file unexpected'],
    ['a && ', '1: end of file unexpected'],
    ['echo ;;', '1: ";;" unexpected'],
    ['{ echo a', '1: end of file unexpected (expecting "}")'],
    ['for 1 in a; do b; done', '1: Bad for loop variable'],
    ['a > ', '1: end of file unexpected'],
    ['a >\nb', '1: newline unexpected'],
    ['echo a; ; b', '1: ";" unexpected'],
    ['a & & b', '1: "&" unexpected'],
    ['()', '1: ")" unexpected'],
    ['echo (a)', '1: word unexpected (expecting ")")'],
    ['echo a (b)', '1: "(" unexpected'],
  ])('%s', (text, expected) => {
    expect(problem(text)).toBe(expected);
  });

  test.each([
    ['parentheses', '('.repeat(50_000)],
    ['substitutions', 'echo '.padEnd(200_000, '$(')],
    ['arithmetic', `echo $((${'('.repeat(100_000)}`],
    ['braces', 'echo '.padEnd(300_000, '${x-')],
    ['if', 'if '.repeat(50_000)],
    ['a word of two million characters', `echo ${'a'.repeat(2_000_000)}`],
  ])('hostile: %s', (_name, text) => {
    expect(problem(text)).not.toBe('none');
  });
});
