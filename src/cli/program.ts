/** A program on disk as the engine takes it: its entry, and whatever lies in its folder. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { BadWorld, worldOf } from '../course/complete-world.ts';
import { readWorld } from '../course/world.ts';
import type { Entry, Program } from '../worker/protocol.ts';
import { Usage } from './usage.ts';

/** Of the program's folder no more than this is carried into the sandbox. */
const MOST_FILES = 2000;
const MOST_BYTES = 16 * 1024 * 1024;

interface Target {
  readonly entry: Entry;
  readonly folder: string;
}

/** `command` and `help` are for the messages; `rest` begins with the file unless a module is named. */
export function readProgram(command: string, module: string | undefined, rest: string[], help: string): Program {
  const { entry, folder } = target(command, module, rest, help);
  return { files: collect(folder), entry };
}

/** Several machines (course/world.ts), and what lies in the folder of the file that describes them. */
export function readWorldProgram(command: string, file: string): Program {
  if (!existsSync(file)) throw new Usage(`${command}: there is no file ${file}`);
  const { [path.basename(file)]: _description, ...files } = collect(path.dirname(path.resolve(file)));
  try {
    const world = worldOf(file, readWorld(file, readFileSync(file, 'utf8')), files);
    return { files, entry: { kind: 'terminals' }, world };
  } catch (error) {
    throw error instanceof BadWorld ? new Usage(error.message) : error;
  }
}

function target(command: string, module: string | undefined, rest: string[], help: string): Target {
  if (module !== undefined) return { entry: { kind: 'module', module, args: rest }, folder: process.cwd() };
  const [file, ...args] = rest;
  if (file === undefined) throw new Usage(`${command}: which file?\n\n${help}`);
  if (!existsSync(file)) throw new Usage(`${command}: there is no file ${file}`);
  if (statSync(file).isDirectory()) throw new Usage(`${command}: ${file} is a folder; name the program inside it`);
  return { entry: { kind: 'script', file: path.basename(file), args }, folder: path.dirname(path.resolve(file)) };
}

/** The program's folder: Python files first, then whatever else fits. Links and hidden things stay outside. */
function collect(folder: string): Record<string, string | Uint8Array> {
  const found: { name: string; size: number }[] = [];
  const walk = (below: string, depth: number) => {
    for (const entry of readdirSync(path.join(folder, below), { withFileTypes: true })) {
      if (entry.name.startsWith('.') || entry.name === 'node_modules' || entry.name === '__pycache__') continue;
      const name = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory() && depth < 6 && found.length < MOST_FILES) walk(name, depth + 1);
      if (entry.isFile()) found.push({ name, size: statSync(path.join(folder, name)).size });
    }
  };
  walk('', 0);
  const isPython = (name: string) => (name.endsWith('.py') ? 0 : 1);
  found.sort((a, b) => isPython(a.name) - isPython(b.name) || a.name.split('/').length - b.name.split('/').length);
  const files: Record<string, string | Uint8Array> = {};
  let total = 0;
  for (const { name, size } of found.slice(0, MOST_FILES)) {
    if (total + size > MOST_BYTES) continue;
    total += size;
    files[name] = asText(new Uint8Array(readFileSync(path.join(folder, name))));
  }
  return files;
}

/** Text as text: so is a program on a page, and a schedule recorded there must fit here. */
function asText(bytes: Uint8Array): string | Uint8Array {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return bytes;
  }
}
