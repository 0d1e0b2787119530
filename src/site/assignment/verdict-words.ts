/** What a verdict is called. Attempts may have come in a file: whatever one is called there is shown as it is. */
import { HEADLINES } from '../verdict-panel.tsx';

export function verdictWords(verdict: string): string {
  return Object.hasOwn(HEADLINES, verdict) ? HEADLINES[verdict as keyof typeof HEADLINES] : verdict;
}
