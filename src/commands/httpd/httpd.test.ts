/** httpd over the kernel's sockets and files, a step at a time: what it answers to the byte, and when its patience is over. */
import { describe, expect, test } from 'vitest';
import { ProcessFiles } from '../../kernel/files/process-files.ts';
import { bytesOf, newSystem, now, textOf } from '../../kernel/files/sample-machine.ts';
import type { Fd } from '../../kernel/files/types.ts';
import { isLater, type Later } from '../../kernel/later.ts';
import { inet, LOOPBACK } from '../../kernel/sockets/addresses.ts';
import { ProcessSocketCalls } from '../../kernel/sockets/socket-calls.ts';
import { SocketHost } from '../../kernel/sockets/socket-host.ts';
import { AF, MSG, SHUT, SOCK } from '../../kernel/sockets/types.ts';
import { EPOCH } from '../test-machine.ts';
import type { CommandProcess } from '../types.ts';
import { httpd } from './httpd.ts';

const SITE = {
  'index.html': '<h1>hello</h1>\n',
  'a b.txt': 'spaces\n',
  'data.json': '{}',
  'strange.xyz': '?',
  'deep/index.html': 'deep\n',
  'bare/page': 'bare\n',
  'large.txt': new Uint8Array(1_000_000).fill(120),
};

/** A host on which httpd runs, and a second process that talks with it. */
class Web {
  clock = 0;
  code: number | null = null;
  /** The second process. */
  readonly other: ProcessFiles;
  readonly client: ProcessSocketCalls;
  private readonly files: ProcessFiles;
  private readonly body: Generator<unknown, number, unknown>;
  private waiting: { readonly call: Later<unknown>; readonly until: number | null } | null = null;
  private answer: unknown;
  private readonly written: string[] = [];

  constructor(...options: string[]) {
    const system = newSystem(SITE);
    const host = new SocketHost(system);
    const screen = { ...system.surroundings.terminal(42), write: (bytes: Uint8Array) => this.show(bytes) };
    this.files = ProcessFiles.boot(system, 42, [screen, screen, screen]);
    const calls = Object.assign(Object.create(this.files.calls), { clock: () => this.clock });
    const sockets = new ProcessSocketCalls(host, this.files.place);
    const names = { server: '', records: new Map() };
    const process: CommandProcess = { calls, sockets, argv: ['httpd', ...options], names, epoch: EPOCH };
    this.other = this.files.fork(43);
    this.client = new ProcessSocketCalls(host, this.other.place);
    this.body = httpd(process);
    this.run();
  }

  /** What it has written, and forgotten since. */
  get log(): string {
    return this.written.splice(0).join('');
  }

  /** How many descriptors it has open. */
  get open(): number {
    let count = 0;
    for (let fd = 0; fd < 1024; fd++) if (!('errno' in Object(this.files.calls.flags(fd)))) count++;
    return count;
  }

  private show(bytes: Uint8Array): number {
    this.written.push(textOf(bytes));
    return bytes.length;
  }

  /** Runs it until it must wait. */
  run(): void {
    while (this.code === null) {
      if (this.waiting) {
        const { call } = this.waiting;
        if (!call.possible()) return;
        this.settle(call.complete());
        continue;
      }
      const { done, value } = this.body.next(this.answer);
      if (done) this.code = value as number;
      else this.settle(value);
    }
  }

  private settle(answer: unknown): void {
    const call = isLater(answer) ? answer : null;
    this.answer = answer;
    this.waiting = call && { call, until: call.timeout === null ? null : this.clock + call.timeout };
  }

  /** Lets time pass. */
  pass(seconds: number): void {
    const end = this.clock + seconds;
    for (this.run(); this.waiting?.until != null && this.waiting.until <= end; this.run()) {
      this.clock = this.waiting.until;
      this.settle(this.waiting.call.expired());
    }
    this.clock = end;
  }

  connect(port = 80): Fd {
    const fd = now(this.client.socket(AF.INET, SOCK.STREAM, 0));
    now(this.client.connect(fd, inet(LOOPBACK, port)));
    this.run();
    return fd;
  }

  send(fd: Fd, text: string): void {
    const sent = this.client.send(fd, { bytes: bytesOf(text), to: null, files: [] }, MSG.DONTWAIT | MSG.NOSIGNAL);
    if (now(sent) !== text.length) throw new Error('it does not take that much');
    this.run();
  }

  /** What has come; null: the end. */
  received(fd: Fd): string | null {
    const pieces: string[] = [];
    for (;;) {
      const part = this.client.receive(fd, 65_536, 0, MSG.DONTWAIT);
      if ('errno' in part) return pieces.join('');
      const { bytes } = now(part);
      if (bytes.length === 0) return pieces.length > 0 ? pieces.join('') : null;
      pieces.push(textOf(bytes));
      this.run();
    }
  }

  /** One request, over a connection of its own. */
  ask(text: string): string | null {
    const fd = this.connect();
    this.send(fd, text);
    return this.received(fd);
  }
}

const get = (target: string, more = '', method = 'GET') => `${method} ${target} HTTP/1.1\r\nHost: www\r\n${more}\r\n`;

/** An answer without what all have. */
function brief(answer: string | null): string {
  const [head = '', ...body] = (answer ?? '(the end)').split('\r\n\r\n');
  const [status = '', ...fields] = head.split('\r\n');
  const shown = fields.filter((field) => !/^(Date|Server|Connection): /.test(field));
  return [status.replace('HTTP/1.1 ', ''), ...shown, ...body].join(' | ');
}

test('a page, to the byte', () => {
  const web = new Web();
  expect(web.log).toBe('httpd: listening on port 80\n');
  web.pass(61.5);
  expect(web.ask(get('/'))).toBe(
    'HTTP/1.1 200 OK\r\nDate: Thu, 01 Jan 2026 00:01:01 GMT\r\nServer: httpd\r\n' +
      'Content-Type: text/html; charset=utf-8\r\nContent-Length: 15\r\nConnection: keep-alive\r\n\r\n<h1>hello</h1>\n',
  );
  expect(web.log).toBe('127.0.0.1 - - [01/Jan/2026:00:01:01 +0000] "GET / HTTP/1.1" 200 15\n');
});

const text = (length: number) => `Content-Type: text/plain; charset=utf-8 | Content-Length: ${length}`;

test.each([
  [get('/index.html?x=1#y'), '200 OK | Content-Type: text/html; charset=utf-8 | Content-Length: 15 | <h1>hello</h1>\n'],
  [get('http://www/data.json'), '200 OK | Content-Type: application/json | Content-Length: 2 | {}'],
  [get('/a%20b.txt'), `200 OK | ${text(7)} | spaces\n`],
  [get('/strange.xyz'), '200 OK | Content-Type: application/octet-stream | Content-Length: 1 | ?'],
  [get('/bare/page'), `200 OK | ${text(5)} | bare\n`],
  [get('/deep/'), '200 OK | Content-Type: text/html; charset=utf-8 | Content-Length: 5 | deep\n'],
  [
    get('/deep?q'),
    `301 Moved Permanently | ${text(22).replace(' | ', ' | Location: /deep/ | ')} | 301 Moved Permanently\n`,
  ],
  [
    get('//deep'),
    `301 Moved Permanently | ${text(22).replace(' | ', ' | Location: /deep/ | ')} | 301 Moved Permanently\n`,
  ],
  [get('/', '', 'HEAD'), '200 OK | Content-Type: text/html; charset=utf-8 | Content-Length: 15 | '],
  [get('/bare/'), `404 Not Found | ${text(14)} | 404 Not Found\n`],
  [get('/none', '', 'HEAD'), `404 Not Found | ${text(14)} | `],
  [get('/../../etc/hosts'), `404 Not Found | ${text(14)} | 404 Not Found\n`],
  [get('/%2e%2e/%2e%2e/etc/hosts'), `404 Not Found | ${text(14)} | 404 Not Found\n`],
  [get('/data.json/x'), `404 Not Found | ${text(14)} | 404 Not Found\n`],
  [get(`/${'x'.repeat(5000)}`), `404 Not Found | ${text(14)} | 404 Not Found\n`],
  [get('/%ff'), `404 Not Found | ${text(14)} | 404 Not Found\n`],
  [get('/%0'), `400 Bad Request | ${text(16)} | 400 Bad Request\n`],
  [get('/index.html%00.txt'), `400 Bad Request | ${text(16)} | 400 Bad Request\n`],
  [get('index.html'), `400 Bad Request | ${text(16)} | 400 Bad Request\n`],
  [
    get('*', '', 'OPTIONS'),
    '405 Method Not Allowed | Content-Type: text/plain; charset=utf-8 | Allow: GET, HEAD | Content-Length: 23 | 405 Method Not Allowed\n',
  ],
  ['GET / HTTP/1.1\r\n\r\n', `400 Bad Request | ${text(16)} | 400 Bad Request\n`],
  ['GET / HTTP/1.0\r\n\r\n', '200 OK | Content-Type: text/html; charset=utf-8 | Content-Length: 15 | <h1>hello</h1>\n'],
  ['GET / HTTP/1.0\n\n', '200 OK | Content-Type: text/html; charset=utf-8 | Content-Length: 15 | <h1>hello</h1>\n'],
  [
    '\r\n\r\nGET / HTTP/1.0\r\n\r\n',
    '200 OK | Content-Type: text/html; charset=utf-8 | Content-Length: 15 | <h1>hello</h1>\n',
  ],
  ['GET / HTTP/2.0\r\n\r\n', `505 HTTP Version Not Supported | ${text(31)} | 505 HTTP Version Not Supported\n`],
  ['hello\r\n\r\n', `400 Bad Request | ${text(16)} | 400 Bad Request\n`],
  [get('/', 'Host: another\r\n'), `400 Bad Request | ${text(16)} | 400 Bad Request\n`],
  [get('/', 'no header\r\n'), `400 Bad Request | ${text(16)} | 400 Bad Request\n`],
  [get('/', ' folded: x\r\n'), `400 Bad Request | ${text(16)} | 400 Bad Request\n`],
  [get('/', 'Content-Length: -1\r\n'), `400 Bad Request | ${text(16)} | 400 Bad Request\n`],
  [get('/', 'Content-Length: 65537\r\n'), `413 Content Too Large | ${text(22)} | 413 Content Too Large\n`],
  [get('/', 'Transfer-Encoding: chunked\r\n'), `501 Not Implemented | ${text(20)} | 501 Not Implemented\n`],
  [
    `GET / HTTP/1.1\r\n${'a'.repeat(9000)}`,
    `431 Request Header Fields Too Large | ${text(36)} | 431 Request Header Fields Too Large\n`,
  ],
  [
    `${'\r\n'.repeat(5000)}`,
    `431 Request Header Fields Too Large | ${text(36)} | 431 Request Header Fields Too Large\n`,
  ],
])('%j', (request, answer) => {
  expect(brief(new Web().ask(request))).toBe(answer);
});

describe('a connection', () => {
  test('stays open for more, also those that were sent at once', () => {
    const web = new Web();
    const fd = web.connect();
    for (let n = 0; n < 3; n++) {
      web.send(fd, get('/bare/page'));
      expect(brief(web.received(fd))).toMatch(/^200 OK/);
    }
    web.send(fd, `${get('/bare/page', 'Content-Length: 3\r\n', 'POST')}abc${get('/data.json')}${get('/none')}`);
    expect(web.received(fd)?.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 405', 'HTTP/1.1 200', 'HTTP/1.1 404']);
    expect(web.open).toBe(5);
  });

  test('ends when either side wants it, and after what is no request', () => {
    for (const request of [get('/', 'Connection: close\r\n'), 'GET / HTTP/1.0\r\n\r\n', '?\r\n\r\n']) {
      const web = new Web();
      const fd = web.connect();
      web.send(fd, request);
      expect(web.received(fd)).toContain('\r\nConnection: close\r\n');
      expect(web.received(fd)).toBeNull();
      expect(web.open).toBe(5);
      web.pass(3);
      expect(web.open).toBe(4);
    }
    const web = new Web();
    expect(web.ask('GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n')).toContain('\r\nConnection: keep-alive\r\n');
  });

  test('is given up in time: idle, slow, or deaf', () => {
    const web = new Web();
    const [idle, slow, deaf] = [web.connect(), web.connect(), web.connect()];
    web.send(slow, 'GET / HT');
    web.send(deaf, get('/large.txt').repeat(20));
    web.pass(9.5);
    web.send(slow, 'TP/1.1\r\n');
    expect(web.open).toBe(8);
    web.pass(1);
    expect(brief(web.received(slow))).toBe(`408 Request Timeout | ${text(20)} | 408 Request Timeout\n`);
    expect(web.received(idle)).toBe('');
    web.pass(5);
    expect(web.received(idle)).toBeNull();
    expect(web.open).toBe(6);
    web.pass(60);
    expect(web.open).toBe(4);
  });

  test('brings a large file whole', () => {
    const web = new Web();
    expect(web.ask(get('/large.txt'))?.length).toBeGreaterThan(1_000_000);
    expect(web.open).toBe(5);
  });

  test('is not waited for by the others; 256 are accepted, and the next when one of them ends', () => {
    const web = new Web();
    const held = Array.from({ length: 256 }, () => web.connect());
    const [first] = held;
    web.send(first as Fd, get('/data.json'));
    expect(brief(web.received(first as Fd))).toMatch(/^200 OK/);
    const next = web.connect();
    web.send(next, get('/data.json'));
    expect(web.received(next)).toBe('');
    now(web.client.shutdown(held[1] as Fd, SHUT.RDWR));
    web.run();
    expect(brief(web.received(next))).toMatch(/^200 OK/);
  });
});

describe('options', () => {
  test('--delay: each answer comes later, and none waits for another', () => {
    const web = new Web('--delay', '1.5');
    const [one, two] = [web.connect(), web.connect()];
    web.send(one, get('/data.json').repeat(2));
    web.pass(1);
    web.send(two, get('/data.json'));
    const count = (fd: Fd) => web.received(fd)?.match(/200 OK/g)?.length ?? 0;
    const seen = [0.4, 0.2, 0.8, 0.2, 0.3, 0.2].map((seconds) => {
      web.pass(seconds);
      return [count(one), count(two)];
    });
    expect(seen).toEqual([
      [0, 0],
      [1, 0],
      [0, 0],
      [0, 1],
      [0, 0],
      [1, 0],
    ]);
  });

  test('--hang: never an answer', () => {
    const web = new Web('--hang');
    const fd = web.connect();
    web.send(fd, get('/'));
    web.pass(100_000);
    expect(web.received(fd)).toBe('');
    expect(web.log).toContain('"GET / HTTP/1.1" - -\n');
    now(web.client.shutdown(fd, SHUT.WR));
    web.run();
    expect(web.received(fd)).toBeNull();
  });

  test('--status: for everything', () => {
    const web = new Web('--status=503');
    expect(brief(web.ask(get('/')))).toBe(`503 Service Unavailable | ${text(24)} | 503 Service Unavailable\n`);
    expect(brief(new Web('--status', '204').ask(get('/')))).toBe(
      '204 No Content | Content-Type: text/plain; charset=utf-8 | ',
    );
    expect(brief(new Web('-s', '299').ask(get('/')))).toBe(`299  | ${text(4)} | 299\n`);
  });

  test('--port, --root', () => {
    const web = new Web('-p', '8080', '--port=443', '-r', 'deep/');
    expect(web.log).toBe('httpd: listening on port 8080, 443\n');
    const fd = web.connect(443);
    web.send(fd, get('/index.html'));
    expect(brief(web.received(fd))).toMatch(/deep\n$/);
    expect(() => web.connect(80)).toThrow('ECONNREFUSED');
  });

  test.each([
    [['--port', '0'], "httpd: invalid port: '0'"],
    [['--port', '65536'], "httpd: invalid port: '65536'"],
    [['--port', '1e3'], "httpd: invalid port: '1e3'"],
    [['--delay', '-1'], "httpd: invalid number of seconds: '-1'"],
    [['--delay', '99999999999999999999'], "httpd: invalid number of seconds: '99999999999999999999'"],
    [['--status', '100'], "httpd: invalid status: '100'"],
    [['--status', ''], "httpd: invalid status: ''"],
    [['--root', 'nowhere'], "httpd: 'nowhere': No such file or directory"],
    [['--root', ''], "httpd: '': No such file or directory"],
    [['--root', 'index.html'], "httpd: 'index.html': Not a directory"],
    [['page'], "httpd: extra operand 'page'"],
    [['--verbose'], "httpd: unrecognized option '--verbose'"],
    [Array.from({ length: 17 }, (_, n) => `-p${n + 1}`), 'httpd: too many ports'],
  ])('%j is refused', (options, why) => {
    const web = new Web(...options);
    expect(web.code).toBe(1);
    expect(web.log.split('\n')[0]).toBe(why);
  });
});

test('a request cannot write lines into the log', () => {
  const web = new Web();
  web.ask('GET /\x1b[31m"\\\r\n\r\n');
  expect(web.log.split('\n')[1]).toMatch(/ "GET \/\\x1b\[31m\\"\\\\" 400 16$/);
});

test('a fifo and a file that becomes shorter are no trap', () => {
  const web = new Web();
  now(web.other.calls.makeFifo(null, 'fifo', 0o666));
  expect(brief(web.ask(get('/fifo')))).toBe(`403 Forbidden | ${text(14)} | 403 Forbidden\n`);
  const fd = web.connect();
  web.send(fd, get('/large.txt'));
  expect(web.open).toBe(7);
  now(web.other.calls.truncate('large.txt', 600_000));
  const answer = web.received(fd) ?? '';
  expect(answer).toContain('\r\nContent-Length: 1000000\r\n');
  expect(answer.length).toBeLessThan(601_000);
  expect(web.received(fd)).toBeNull();
  expect(web.open).toBe(5);
});
