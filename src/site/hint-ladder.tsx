/** An exercise's hints, one step at a time: each press shows a little more. */
import { type ReactNode, useState } from 'react';
import styles from './exercise.module.css';

export function HintLadder({ hints }: { readonly hints: readonly string[] }): ReactNode {
  const [shown, setShown] = useState(0);
  if (hints.length === 0) return null;
  return (
    <div className={styles.hints}>
      <div aria-live="polite">
        {hints.slice(0, shown).map((html, index) => (
          <div key={html} className={styles.hint}>
            <span className={styles.hintNumber}>Hint {index + 1}</span>
            {/* biome-ignore lint/security/noDangerouslySetInnerHtml: the course's own Markdown, made HTML at build time */}
            <div dangerouslySetInnerHTML={{ __html: html }} />
          </div>
        ))}
      </div>
      {shown < hints.length && (
        <button type="button" className="hb-link-button" onClick={() => setShown(shown + 1)}>
          {shown === 0 ? 'Stuck? Show a hint' : 'Show the next hint'} ({shown + 1} of {hints.length})
        </button>
      )}
    </div>
  );
}
