/** Kind `predict`: the options of `answer.txt` as checkboxes. */
import type { ReactNode } from 'react';
import { markOption, parseOptions } from '../../grader/options.ts';
import styles from './answers.module.css';

export interface OptionsFormProps {
  /** The answer file. */
  readonly text: string;
  readonly onChange: (text: string) => void;
}

export function OptionsForm({ text, onChange }: OptionsFormProps): ReactNode {
  const parsed = parseOptions(text);
  if (parsed.kind === 'problem')
    return (
      <p className={styles.note}>
        Line {parsed.line} of the answer: {parsed.message}. Reset brings the options back.
      </p>
    );
  return (
    <fieldset className={styles.options}>
      <legend>What can happen? Mark all that can.</legend>
      {parsed.options.map((option) => (
        <label key={option.line} className={styles.option}>
          <input
            type="checkbox"
            checked={option.marked}
            onChange={(event) => onChange(markOption(text, option.line, event.target.checked))}
          />
          <code>{option.text}</code>
        </label>
      ))}
    </fieldset>
  );
}
