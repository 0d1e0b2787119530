/** The machine's shell and commands, as programs that are given too much. */
import type { Attack } from './attack.ts';

const shell = (name: string, command: string, rest: Partial<Attack> = {}): Attack => ({
  name: `the shell: ${name}`,
  why: 'it must say no, end, or be stopped at a limit, at once',
  source: `import os\nprint("status", os.system(${command.startsWith('(') ? command : JSON.stringify(command)}))\n`,
  ends: { kind: 'exit', code: 0 },
  prints: /status \d+\n$/,
  ungraded: true,
  ...rest,
});

/** It depends on which bound is nearer. */
const EITHER = [{ kind: 'exit' }, { kind: 'limit' }] as const;
const limited: Partial<Attack> = { ends: { kind: 'limit' }, prints: /^/, limits: { steps: 500_000 } };

export const SHELL_ATTACKS: readonly Attack[] = [
  shell('a loop without end', 'while :; do :; done', { ...limited, ends: { kind: 'limit', limit: 'steps' } }),
  shell('a pipe without end', 'yes | cat >/dev/null', { ...limited, ends: { kind: 'limit', limit: 'steps' } }),
  shell('a device without end', 'head -c 99999999999999999999 /dev/zero | wc -c', limited),
  shell(
    'arithmetic beyond 64 bits',
    'echo $((9223372036854775807+1)) $((1<<99999)) $((0x7fffffffffffffffffff)); echo $((1/0))',
  ),
  shell('nested substitutions', '("echo " + "$(" * 500 + "echo" + ")" * 500)'),
  shell('nested brackets', '("(" * 2000 + "true" + ")" * 2000)'),
  shell('nested arithmetic', '("echo " + "$((" * 1000 + "1" + "))" * 1000)'),
  shell('functions without end', 'f() { f; }; f'),
  shell('scripts without end', 'echo "sh s" > s; sh s', {
    limits: { processes: 60 },

    ends: EITHER,
    prints: /^/,
  }),
  shell(
    'patterns with many stars',
    '("x=" + "a" * 30_000 + "; case $x in *a*a*a*a*b) echo y;; esac; echo $" + "{x%%*a*a*a*a*b} | wc -c")',
  ),
  shell('expressions that match in many ways', 'echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | grep -E "(a+)+(a*)*b"', {
    ends: EITHER,
    prints: /^/,
  }),
  shell('a variable that doubles', 'x=a; i=0; while [ $i -lt 40 ]; do x=$x$x; i=$((i+1)); done; echo $x | wc -c'),
  shell('arguments that double', 'set -- x; i=0; while [ $i -lt 40 ]; do set -- $@ $@; i=$((i+1)); done; echo $#', {
    ends: EITHER,
    prints: /^/,
  }),
  shell('numbers that are too wide', "printf '%999999999d' 1 | wc -c; printf '%.999999999f' 1 | wc -c"),
  shell('sorting without end', 'yes | sort; sort /dev/zero; cat /dev/zero | tail -1; grep x /dev/zero', {
    limits: { steps: 50_000_000 },
  }),
  shell('its own end', 'trap "kill $$" TERM; kill $$; kill -9 $$'),
  shell('programs that are none', 'exec /nonesuch'),
  {
    name: 'the shell: 19,000 names',
    why: 'a pattern over a crowded folder must not take for ever',
    source: `
import os
os.mkdir("crowd"); os.chdir("crowd")
for n in range(19_000): os.close(os.open(f"a{n}", os.O_CREAT))
print(os.system("echo * | wc -c; echo *a*a*a*a* | wc -c; ls | wc -l; echo /*/*/*/* | wc -c"))
`,
    ends: { kind: 'exit', code: 0 },
    prints: /19000/,
    ungraded: true,
  },
];
