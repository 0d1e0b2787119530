/** What the teacher wrote: plain text, whose blank lines part paragraphs. */
import type { ReactNode } from 'react';
import styles from './assignment.module.css';

export function Message({ text }: { readonly text: string }): ReactNode {
  const paragraphs = text
    .split(/\r?\n\s*\r?\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '');
  if (paragraphs.length === 0) return null;
  return (
    <div className={styles.message}>
      {paragraphs.map((paragraph, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs do not move
        <p key={index}>{paragraph}</p>
      ))}
    </div>
  );
}
