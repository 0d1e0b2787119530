/** Saves the learner's progress as a file, and reads one back. */
import { type ReactNode, useState } from 'react';
import { download } from './download.ts';
import { FileButton } from './file-button.tsx';
import type { Imported } from './progress-file.ts';
import { pageStore } from './store.ts';

export function ProgressTransfer(): ReactNode {
  const [said, setSaid] = useState<{ readonly text: string; readonly bad: boolean } | null>(null);

  const save = async () => {
    // Checking files takes a schema library: it is fetched only by those who use it.
    const { exportProgress } = await import('./progress-file.ts');
    const now = new Date().toISOString();
    download(`happens-before-progress-${now.slice(0, 10)}.json`, exportProgress(pageStore(), now));
  };
  const read = async (file: File) => {
    const { importProgress } = await import('./progress-file.ts');
    const imported = importProgress(pageStore(), await file.text());
    setSaid({ text: describe(imported), bad: !imported.ok });
  };

  return (
    <div>
      <p style={{ display: 'flex', flexWrap: 'wrap', gap: '0.75rem' }}>
        <button type="button" className="hb-button hb-quiet" onClick={save}>
          Export progress
        </button>
        <FileButton label="Progress file" quiet onFile={read}>
          Import progress
        </FileButton>
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
