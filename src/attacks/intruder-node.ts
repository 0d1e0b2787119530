/** Stands in the engine's place, in a child process like the engine's, as if Python had been broken out of. */
import { disarm } from '../worker/seal.ts';

const { env, send } = process;
const sent = send?.bind(process);
disarm(process);

const tries: Record<string, () => unknown> = {
  'read a file': async () => (await import('node:fs')).readFileSync('/etc/hostname'),
  'write a file': async () => (await import('node:fs')).writeFileSync('written', '1'),
  'list a folder': async () => (await import('node:fs')).readdirSync('/'),
  connect: async () => {
    const { connect } = await import('node:net');
    return new Promise((resolve, reject) =>
      connect(Number(process.argv[2]), '127.0.0.1', () => resolve(1)).on('error', reject),
    );
  },
  fetch: () => fetch(`http://127.0.0.1:${process.argv[2]}/`),
  'a name server': async () => (await import('node:dns/promises')).lookup('localhost'),
  datagrams: async () => {
    const socket = (await import('node:dgram')).createSocket('udp4');
    return new Promise((resolve, reject) =>
      socket.on('error', reject).send('x', 9, '127.0.0.1', (error) => (error ? reject(error) : resolve(1))),
    );
  },
  'a process': async () => {
    const { error } = (await import('node:child_process')).spawnSync('true');
    if (error) throw error;
  },
  'a thread': async () => new (await import('node:worker_threads')).Worker('', { eval: true }),
  'native code': () => process.dlopen({ exports: {} }, '/x.node'),
  'the debugger': async () => (await import('node:inspector')).open(0),
  'the parent, by a signal': async () => (await import('node:process')).default.kill(process.ppid, 0),
  'the parent, by an imported kill': async () => (await import('node:process')).kill(process.ppid, 0),
  // biome-ignore lint/security/noGlobalEval: that is what is being tried
  eval: () => globalThis.eval('1 + 1'),
  Function: () => new Function('return 1')(),
  WASI: async () => new (await import('node:wasi')).WASI({ version: 'preview1' }),
  'the environment': () => {
    if (Object.keys(env).length === 0) throw new Error('empty');
  },
};

const open: string[] = [];
for (const [name, attempt] of Object.entries(tries)) {
  try {
    await attempt();
    open.push(name);
  } catch {
    // Closed.
  }
}
sent?.(open);
