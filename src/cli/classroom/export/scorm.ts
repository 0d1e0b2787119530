/** `hb classroom export --scorm FILE`: the assignment's page as a SCORM 2004 package that any learning platform opens. */
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildEngine } from '../../../build/engine.ts';
import type { Assignment } from '../../../classroom/assignment.ts';
import { say } from '../../say.ts';
import { Usage } from '../../usage.ts';
import { command } from './command.ts';
import { scormManifest } from './scorm-manifest.ts';
import { zipFiles } from './zip-files.ts';

const root = fileURLToPath(new URL('../../../..', import.meta.url)).replace(/[\\/]$/, '');
const PAGE = 'index.html';
/** Of the site's files, what the assignment's page has no use for. */
const LEFT_OUT = /^(schemas\/|img\/(?!mark\.svg$))/;

/** Resolves to the bytes written. Throws Usage if the file is there, unless `force`. */
export async function writeScorm(file: string, assignment: Assignment, force: boolean): Promise<number> {
  if (existsSync(file) && !force)
    throw new Usage(`hb classroom export: ${file} is there already. Name another file, or replace it with --force.`);
  const folder = path.dirname(file);
  if (!existsSync(folder))
    throw new Usage(`hb classroom export: there is no folder ${folder} for ${file}. Make it first.`);
  const files = await packageFiles(assignment);
  await zipFiles(file, files);
  return statSync(file).size;
}

/** Of the whole package, by their paths in it. */
export async function packageFiles(assignment: Assignment): Promise<Map<string, Uint8Array>> {
  await buildEngine(say);
  const files = await buildPage(assignment);
  const page = Buffer.from(files.get(PAGE) ?? '').toString();
  files.set(PAGE, Buffer.from(withAssignment(page, assignment)));
  files.set('scorm.js', await scormScript());
  const names = [...files.keys()].sort();
  const manifest = Buffer.from(scormManifest(assignment, PAGE, names));
  return new Map([
    ['imsmanifest.xml', manifest],
    ...names.map((name) => [name, files.get(name)] as [string, Uint8Array]),
  ]);
}

/** The site's own build, of one page and some exercises (src/site/package.config.ts). */
async function buildPage({ id, exercises }: Assignment): Promise<Map<string, Uint8Array>> {
  const out = mkdtempSync(path.join(os.tmpdir(), 'hb-package-'));
  const what = JSON.stringify({ id, slugs: exercises.map(({ slug }) => slug) });
  // Beside the site's own, so that neither build sees the other's. Files are named by it: each assignment has always the same.
  const generated = `.cache/package-${createHash('sha256').update(what).digest('hex').slice(0, 16)}`;
  try {
    const docusaurus = path.join(
      path.dirname(createRequire(import.meta.url).resolve('@docusaurus/core/package.json')),
      'bin/docusaurus.mjs',
    );
    await command(
      process.execPath,
      [docusaurus, 'build', root, '--config', path.join(root, 'src/site/package.config.ts'), '--out-dir', out],
      { DOCUSAURUS_GENERATED_FILES_DIR_NAME: generated, HAPPENS_BEFORE_PACKAGE: what },
    );
    const names = readdirSync(out, { recursive: true, encoding: 'utf8' })
      .map((name) => name.split(path.sep).join('/'))
      .filter((name) => !LEFT_OUT.test(name) && statSync(path.join(out, name)).isFile());
    return new Map(names.map((name) => [name, readFileSync(path.join(out, name))]));
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

/** The site's scripts wait until scorm-main.ts starts them; it finds the assignment beside them. */
function withAssignment(page: string, assignment: Assignment): string {
  let scripts = 0;
  const waiting = page.replace(/<script (src="[^"]*") defer(="[^"]*")?>/g, (_, src) => {
    scripts++;
    return `<script type="hb-later" ${src}>`;
  });
  if (scripts === 0 || !waiting.includes('</head>')) throw new Error('the page of the package has no scripts to start');
  const json = JSON.stringify(assignment).replace(/</g, '\\u003c');
  const head = `<script type="application/json" id="hb-assignment">${json}</script>\n<script type="module" src="./scorm.js"></script>\n`;
  return waiting.replace('</head>', () => `${head}</head>`);
}

async function scormScript(): Promise<Uint8Array> {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: [path.join(root, 'src/site/assignment/scorm-main.ts')],
    absWorkingDir: root,
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2023',
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'error',
  });
  return outputFiles[0]?.contents ?? new Uint8Array();
}
