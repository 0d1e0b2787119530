/** Progress as a file: everything solved and everything typed, versioned, checked on the way in. */
import * as z from 'zod';
import { mergeSolved, PROGRESS_KEY, readSolved } from './progress.ts';
import type { Store } from './store.ts';
import { DRAFT_PREFIX } from './workspace.ts';

const progressFile = z.object({
  format: z.literal('happens-before-progress'),
  version: z.literal(1),
  exported: z.iso.datetime(),
  solved: z.record(z.string(), z.iso.datetime()),
  /** Storage key without its prefix (`<scope>:<file>`) to the text typed there. */
  drafts: z.record(z.string(), z.string()),
});

export type ProgressFile = z.infer<typeof progressFile>;

export type Imported =
  | { readonly ok: true; readonly solved: number; readonly drafts: number; readonly kept: number }
  | { readonly ok: false; readonly problem: string };

export function exportProgress(store: Store, now: string): string {
  const drafts: Record<string, string> = {};
  for (const key of store.keys(DRAFT_PREFIX)) drafts[key.slice(DRAFT_PREFIX.length)] = store.get(key) ?? '';
  const file: ProgressFile = {
    format: 'happens-before-progress',
    version: 1,
    exported: now,
    solved: { ...readSolved(store.get(PROGRESS_KEY)) },
    drafts,
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** Adds a file's progress to what is here; code typed here is never overwritten. */
export function importProgress(store: Store, text: string): Imported {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, problem: 'This is not a JSON file. Choose the file that “Export” saved.' };
  }
  const parsed = progressFile.safeParse(json);
  if (!parsed.success) return { ok: false, problem: problemOf(json, parsed.error) };

  const before = readSolved(store.get(PROGRESS_KEY));
  const merged = mergeSolved(before, parsed.data.solved);
  let stored = store.set(PROGRESS_KEY, JSON.stringify(merged));
  let drafts = 0;
  let kept = 0;
  for (const [name, draft] of Object.entries(parsed.data.drafts)) {
    const here = store.get(DRAFT_PREFIX + name);
    if (here === draft) continue;
    if (here !== null) kept += 1;
    else if (store.set(DRAFT_PREFIX + name, draft)) drafts += 1;
    else stored = false;
  }
  if (!stored)
    return { ok: false, problem: 'The browser’s storage is full or forbidden: not all of the file could be kept.' };
  return { ok: true, solved: Object.keys(merged).length - Object.keys(before).length, drafts, kept };
}

function problemOf(json: unknown, error: z.ZodError): string {
  const file = typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {};
  if (file.format !== 'happens-before-progress') return 'This JSON file is not an export of this course’s progress.';
  if (file.version !== 1)
    return `This export has version ${String(file.version)}; this site reads version 1. Reload the page first.`;
  const issue = error.issues[0];
  return `The file is damaged at “${issue?.path.map(String).join('.') ?? '?'}”: ${issue?.message ?? 'unreadable'}.`;
}
