// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a shell's `${…}` is no template.
/** What no transcript shows: processes, names, clocks, terminals, and what strangers send. */
import { describe, expect, test } from 'vitest';
import { COMMANDS, USAGE } from './index.ts';
import { EPOCH, type Settings, TestMachine } from './test-machine.ts';
import { decode } from './text.ts';

function run(argv: readonly string[], settings: Settings = {}, machine = new TestMachine({ 'a.txt': 'aaa\n' })) {
  const { stdout, stderr, status } = machine.run(argv, settings);
  return { stdout: decode(stdout), stderr: decode(stderr), status };
}

const sh = (line: string, settings: Settings = {}) => run(['sh', '-c', line], settings);

test('every command has its usage', () => {
  expect(Object.keys(USAGE).sort()).toEqual(Object.keys(COMMANDS).sort());
});

describe('ps', () => {
  test('shows who there is, and what they are called', () => {
    expect(sh('sleep 5 & ps; :').stdout).toBe(
      [
        '    PID TTY          TIME CMD',
        '     42 pts/0    00:00:00 sh',
        '     43 pts/0    00:00:00 sleep',
        '     44 pts/0    00:00:00 ps',
        '',
      ].join('\n'),
    );
    expect(sh('sleep 5 & ps -ef; :').stdout).toBe(
      [
        'UID          PID    PPID  C STIME TTY          TIME CMD',
        'learner       42       1  0 00:00 pts/0    00:00:00 sh -c sleep 5 & ps -ef; :',
        'learner       43      42  0 00:00 pts/0    00:00:00 sleep 5',
        'learner       44      42  0 00:00 pts/0    00:00:00 ps -ef',
        '',
      ].join('\n'),
    );
  });

  test('shows zombies', () => {
    const line = "sh -c '/bin/true & exec sleep 5' & sleep 1; ps -ef; ps; ps -o stat,comm";
    const { stdout } = sh(line);
    expect(stdout).toMatch(/^learner +45 +43 +0 00:00 pts\/0 +00:00:00 \[true\] <defunct>$/m);
    expect(stdout).toMatch(/^ +45 pts\/0 +00:00:00 true <defunct>$/m);
    expect(stdout).toMatch(/^Z\+ +true <defunct>$/m);
  });

  test('chooses and shows what is asked for', () => {
    expect(sh('ps -p $$ -o pid,ppid,stat,cmd; :').stdout).toBe(
      '    PID    PPID STAT CMD\n     42       1 Ss+  sh -c ps -p $$ -o pid,ppid,stat,cmd; :\n',
    );
    expect(sh('ps -o pid= -p 42; ps -p 7777; echo $?').stdout).toBe('     42\n    PID TTY          TIME CMD\n1\n');
    expect(sh('sleep 1000 & sleep 100; ps aux f; kill $!').stdout).toMatch(
      /^USER +PID %CPU %MEM .*\nlearner +42 .* 00:00 +0:00 sh .*\nlearner +43 .*sleep 1000\nlearner +45 .* 00:01 .*ps aux f\n$/,
    );
    expect(run(['ps', '-o', 'nope'])).toMatchObject({ status: 1, stdout: '' });
  });
});

describe('nslookup', () => {
  test('answers a question', () => {
    expect(run(['nslookup', 'www.python.org'])).toEqual({
      stdout:
        'Server:\t\t192.168.19.4\nAddress:\t192.168.19.4#53\n\nNon-authoritative answer:\n' +
        'www.python.org\tcanonical name = python.map.fastly.net.\n' +
        'Name:\tpython.map.fastly.net\nAddress: 199.27.79.223\n\n',
      stderr: '',
      status: 0,
    });
  });

  test('takes questions from its input', () => {
    expect(run(['nslookup'], { stdin: 'set q=mx\npython.org\nexit\nnever read\n' })).toEqual({
      stdout:
        'Server:\t\t192.168.19.4\nAddress:\t192.168.19.4#53\n\nNon-authoritative answer:\n' +
        'python.org\tmail exchanger = 50 mail.python.org.\n\nAuthoritative answers can be found from:\n' +
        'mail.python.org\tinternet address = 82.94.164.166\nmail.python.org\thas AAAA address 2001:888:2000:d::a6\n\n',
      stderr: '',
      status: 0,
    });
  });

  test('knows what it does not know', () => {
    const { stdout, status } = run(['nslookup', 'constructor']);
    expect(stdout).toContain("** server can't find constructor: NXDOMAIN\n");
    expect(status).toBe(1);
    expect(run(['nslookup', '199.27.79.223']).stdout).toContain('name = python.map.fastly.net.\n');
  });
});

describe('time is the machine’s', () => {
  test('sleep takes it, date shows it', () => {
    const machine = new TestMachine({});
    expect(run(['sh', '-c', 'date; sleep 1h 0.5; date +%T.%N'], {}, machine).stdout).toBe(
      'Thu Jan  1 00:00:00 UTC 2026\n01:00:00.500000000\n',
    );
    expect(machine.clock).toBe(3600.5);
  });

  test('ls shows it', () => {
    expect(sh('touch -d @0 old; ls -l a.txt old').stdout).toBe(
      '-rw-r--r-- 1 learner learner 4 Jan  1 00:00 a.txt\n-rw-r--r-- 1 learner learner 0 Jan  1  1970 old\n',
    );
  });

  test('the calendar is the real one', () => {
    for (const time of [0, 951_782_400, 4_107_542_399, -1, -62_135_596_800, EPOCH, 68_169_600]) {
      const real = new Date(time * 1000).toISOString().replace('.000Z', '').replace('T', ' ');
      const weekday = new Date(time * 1000).getUTCDay();
      expect(run(['date', '-d', `@${time}`, '+%Y-%m-%d %T %w']).stdout).toBe(`${real} ${weekday}\n`);
    }
  });
});

describe('a terminal', () => {
  test('gets columns of 80', () => {
    const files = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`file-number-${i}`, '']));
    expect(run(['ls'], { terminal: true, stdin: '' }, new TestMachine(files)).stdout).toBe(
      [
        'file-number-0   file-number-11  file-number-4  file-number-7',
        'file-number-1   file-number-2   file-number-5  file-number-8',
        'file-number-10  file-number-3   file-number-6  file-number-9',
        '',
      ].join('\n'),
    );
  });

  test('is prompted, and an error does not end the shell', () => {
    const typed = 'echo a\nif true\nthen echo b\nfi\nfi\necho ${x?}\nnosuch\necho $?\nexit 4\necho no\n';
    expect(run(['sh'], { terminal: true, stdin: typed })).toEqual({
      stdout: 'a\nb\n127\n',
      stderr:
        '$ $ > > $ sh: 5: Syntax error: "fi" unexpected\n$ sh: 6: x: parameter not set\n$ sh: 7: nosuch: not found\n$ $ ',
      status: 4,
    });
  });
});

test('commands from a pipe run as soon as they are complete', () => {
  const stdin =
    'echo a\nif true\nthen\n echo b; fi\ncat <<E\n$((1+1))\nE\nx=5 # comment\necho $x \\\n y\nfi\necho never\n';
  expect(run(['sh'], { stdin })).toEqual({
    stdout: 'a\nb\n2\n5 y\n',
    stderr: 'sh: 11: Syntax error: "fi" unexpected\n',
    status: 2,
  });
  expect(
    sh('{ echo "echo first"; sleep 1; echo "echo second"; } | sh | while read x; do date +"%S $x"; done').stdout,
  ).toBe('00 first\n01 second\n');
});

describe('signals', () => {
  test('a writer without readers is killed', () => {
    expect(sh('{ yes; echo "$?" >&2; } | head -1')).toEqual({ stdout: 'y\n', stderr: '141\n', status: 0 });
    expect(sh('(trap "" PIPE; yes; echo "$?" >&2) | head -1')).toEqual({ stdout: 'y\n', stderr: '1\n', status: 0 });
  });

  test('sh -c becomes its only command, so that who kills it kills that', () => {
    expect(sh("sh -c 'sleep 100' & sleep 1; kill $!; sleep 1; ps -e -o comm=").stdout).toBe('ps\n');
    expect(sh("sh -c 'sleep 100; :' & sleep 1; kill $!; sleep 1; ps -e -o comm=").stdout).toBe('ps\nsleep\n');
  });
});

test('a fifo joins two commands', () => {
  const machine = new TestMachine({});
  const inode = machine.tree.newPipe(0o644);
  machine.tree.home.entries.set('fifo', inode);
  expect(run(['sh', '-c', 'echo through > fifo & cat fifo; wait'], {}, machine).stdout).toBe('through\n');
});

test('bytes that are no text come through', () => {
  const stdin = Uint8Array.of(0xff, 0x0a, 0x80, 0xc3, 0x0a, 0xed, 0xa0, 0x80, 0x0a, 0xf0, 0x9f, 0x98, 0x80, 0x0a);
  const machine = new TestMachine({});
  for (const line of [
    'cat',
    'grep -a ""',
    'while read -r x; do echo "$x"; done',
    'x=$(cat); echo "$x"',
    'xargs -n1 echo',
  ]) {
    expect([line, [...machine.run(['sh', '-c', line], { stdin }).stdout]]).toEqual([line, [...stdin]]);
  }
  expect(decode(machine.run(['sort'], { stdin }).stdout)).toBe('\udc80\udcc3\n\udced\udca0\udc80\n😀\n\udcff\n');
  expect(run(['wc', '-m'], { stdin: 'naïve😀\n' }).stdout).toBe('7\n');
});

describe('hostile', () => {
  const many = 'a'.repeat(100_000);
  test.each<readonly [string, readonly string[], string]>([
    ['a value that doubles', ['sh', '-c', 'x=aaaaaaaaaa; while :; do x=$x$x; done'], 'x: more than 1 MiB'],
    ['endless variables', ['sh', '-c', 'i=0; while :; do i=$((i+1)); eval "v$i=1"; done'], 'Out of space'],
    ['endless recursion', ['sh', '-c', 'f() { f; }; f'], 'recursion depth'],
    ['recursion in depth', ['sh', '-c', 'f() { if :; then { while :; do f; done; } fi; }; f'], 'recursion depth'],
    ['endless eval', ['sh', '-c', 'x=\'eval "$x"\'; eval "$x"'], 'recursion depth'],
    ['endless output', ['sh', '-c', 'x=$(yes); echo no'], 'more than 1 MiB'],
    ['endless input for sort', ['sh', '-c', 'yes | sort'], 'cannot be sorted here'],
    ['an endless line', ['sh', '-c', "yes | tr -d '\\n' | grep y"], 'Cannot allocate memory'],
    ['endless arguments', ['sh', '-c', 'x=$(seq 60000); set -- $x $x'], 'Arg list too long'],
    ['arithmetic in depth', ['sh', '-c', `echo $((${'-('.repeat(250)}1${')'.repeat(250)}))`], 'nesting'],
    ['a test in depth', ['sh', '-c', `test ${'\\( '.repeat(5000)} a`], 'unexpected operator'],
    ['a huge expression', ['grep', '-E', '((((a{999}){999}){999}){999})', 'a.txt'], 'too big'],
    ['an expression in depth', ['grep', '-E', '('.repeat(100_000), 'a.txt'], 'too big'],
    ['no column', ['ps', '-o', '__proto__'], 'unknown user-defined'],
    ['no signal', ['kill', '-constructor', '1'], 'unknown signal name'],
    ['no class', ['grep', '[[:__proto__:]]', 'a.txt'], 'class name'],
    ['no option', ['ls', '--constructor'], 'unrecognized option'],
  ])('%s is an error', (_name, argv, message) => {
    const { stderr, stdout } = run(argv);
    expect(stderr).toContain(message);
    expect(stdout.length).toBeLessThan(1000);
  });

  test.each<readonly [string, readonly string[], string]>([
    ['a pattern', ['sh', '-c', `x=${many}; case $x in ${'*a'.repeat(2000)}b) echo yes;; *) echo no;; esac`], 'no\n'],
    ['trimming', ['sh', '-c', `x=${many}; y=\${x##*b*b*b*b}; echo \${#y}`], '100000\n'],
    ['an expression', ['sh', '-c', `echo ${many} | grep -cE '(a*)*(a*)*b'`], '0\n'],
    ['file names', ['sh', '-c', `x=$(echo ${'*/'.repeat(500)}); echo \${#x}`], '1000\n'],
  ])('%s ends in good time', (_name, argv, stdout) => {
    expect(run(argv).stdout).toBe(stdout);
  });

  test.each(['null', '[]', '{', '['.repeat(100_000), '{"text":1}', '{"text":"echo forged","name":null}'])(
    'a forged state is none: %.20s',
    (state) => {
      expect(run(['sh', '-c', 'echo ok'], { environment: { _SUBSHELL: state } }).stdout).toBe('ok\n');
    },
  );

  test('what is wrong inside a forged state is passed over, or an error of the shell', () => {
    const state = {
      text: 'echo $1 $a [$b] $?; env',
      name: 'n',
      parameters: [3, 'p'],
      variables: [1, [2], ['a', 'x', true, false], ['b', {}, 1], ['not a name', 'y', true]],
      options: ['z', 3],
      ignored: ['a', 9999],
      status: 1e9,
      pid: 'x',
    };
    const environment = { _SUBSHELL: JSON.stringify(state) };
    expect(run(['sh'], { environment }).stdout).toBe('p x [] 0\na=x\n');
    const functions = { _SUBSHELL: JSON.stringify({ ...state, functions: [['f', 'f() { echo']] }) };
    expect(run(['sh'], { environment: functions })).toMatchObject({ stdout: '', status: 2 });
  });

  test('a loop of builtins lets others run', () => {
    expect(sh('while :; do :; done & kill -9 $!; wait $! 2>/dev/null; echo $?').stdout).toBe('137\n');
  });
});
