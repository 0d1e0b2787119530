/** Saves the learner's progress as a file, and reads one back. */
import { type ChangeEvent, type ReactNode, useRef, useState } from 'react';
import { download } from './download.ts';
import type { Imported } from './progress-file.ts';
import { pageStore } from './store.ts';

export function ProgressTransfer(): ReactNode {
  const chooser = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState<{ readonly text: string; readonly bad: boolean } | null>(null);

  const save = async () => {
    // Checking files takes a schema library: it is fetched only by those who use it.
    const { exportProgress } = await import('./progress-file.ts');
    const now = new Date().toISOString();
    download(`happens-before-progress-${now.slice(0, 10)}.json`, exportProgress(pageStore(), now));
  };
  const read = async (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.target.files ?? [];
    if (!file) return;
    const { importProgress } = await import('./progress-file.ts');
    const imported = importProgress(pageStore(), await file.text());
    setSaid({ text: describe(imported), bad: !imported.ok });
    // So that choosing the same file again is a change.
    if (chooser.current) chooser.current.value = '';
  };

  return (
    <div>
      <p style={{ display: 'flex', flexWrap: 'wrap', gap: '0.75rem' }}>
        <button type="button" className="hb-button hb-quiet" onClick={save}>
          Export progress
        </button>
        <button type="button" className="hb-button hb-quiet" onClick={() => chooser.current?.click()}>
          Import progress
        </button>
        <input
          ref={chooser}
          type="file"
          accept="application/json,.json"
          hidden
          aria-label="Progress file"
          onChange={read}
        />
      </p>
      <p role="status" className={said === null ? 'hb-visually-hidden' : said.bad ? 'hb-warning' : undefined}>
        {said?.text ?? ''}
      </p>
    </div>
  );
}

function describe(imported: Imported): string {
  if (!imported.ok) return imported.problem;
  const { solved, drafts, kept } = imported;
  const conflict = kept === 0 ? '' : ` Where both held code for the same file (${kept}), the code here was kept.`;
  return `Imported: ${solved} newly solved, ${drafts} edited files.${conflict}`;
}
