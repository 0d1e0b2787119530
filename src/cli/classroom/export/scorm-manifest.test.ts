/** The manifest of a package, and the archive that it is put into. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { create } from 'xmlbuilder2';
import { scormManifest } from './scorm-manifest.ts';
import { zipFiles } from './zip-files.ts';

const exercises = [{ slug: 'locks/lost-update', points: 3, weights: {} }];
const files = ['assets/a b&c.js', 'index.html'];

test('a manifest has one activity with an objective for each exercise, and names every file', () => {
  const text = scormManifest({ id: 'week-3', title: 'Week 3', exercises }, 'index.html', files);
  const { manifest } = create(text).end({ format: 'object' }) as never as { manifest: Record<string, never> };
  expect(Object.keys(manifest).filter((key) => !key.startsWith('@'))).toEqual([
    'metadata',
    'organizations',
    'resources',
  ]);
  expect(manifest.metadata).toEqual({ schema: 'ADL SCORM', schemaversion: '2004 4th Edition' });
  expect(manifest).toMatchObject({
    organizations: {
      '@default': 'assignment',
      organization: {
        '@identifier': 'assignment',
        item: {
          '@identifierref': 'page',
          'imsss:sequencing': {
            'imsss:objectives': { 'imsss:objective': { '@objectiveID': 'locks.lost-update' } },
            'imsss:deliveryControls': { '@completionSetByContent': 'true', '@objectiveSetByContent': 'true' },
          },
        },
      },
    },
    resources: {
      resource: {
        '@identifier': 'page',
        '@adlcp:scormType': 'sco',
        '@href': 'index.html',
        file: [{ '@href': 'assets/a%20b%26c.js' }, { '@href': 'index.html' }],
      },
    },
  });
});

test('whatever a title holds, the manifest is XML', () => {
  const title = 'A <b> & "c" ]]> \u0000\u001b[31m \ud800 ü';
  const text = scormManifest({ id: 'week-3', title, exercises }, 'index.html', files);
  expect(text).toContain('<title>A &lt;b&gt; &amp; "c" ]]&gt;   [31m \ufffd ü</title>');
  expect(() => create(text)).not.toThrow();
});

test('the same files make the same archive', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'hb-zip-'));
  try {
    const contents = new Map([
      ['imsmanifest.xml', Buffer.from('<manifest/>')],
      ['engine/memory.bin.gz', Buffer.alloc(5000)],
    ]);
    const zips: Buffer[] = [];
    for (const name of ['a.zip', 'b.zip']) {
      await zipFiles(path.join(folder, name), contents);
      zips.push(readFileSync(path.join(folder, name)));
    }
    expect(zips[0]?.equals(zips[1] as Buffer)).toBe(true);
    expect(zips[0]?.length).toBeGreaterThan(5000);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
