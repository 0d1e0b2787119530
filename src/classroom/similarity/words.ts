/** What both kinds of pages say in the same words. */
import { type Html, html } from '../report/html.ts';
import type { Person, SimilarPair } from './types.ts';

/** Names are isolated: some are written from right to left. */
export function personName({ id, name }: Person): Html {
  return name === '' || name === id
    ? html`<bdi>${id}</bdi>`
    : html`<bdi>${name}</bdi> <span class="quiet"><bdi>${id}</bdi></span>`;
}

/** Rounded down: only what is all the same is 100 %. */
export function shownShare(share: number): string {
  return `${Math.floor(share * 100)} %`;
}

export function sameness(same: SimilarPair['same']): string | null {
  switch (same) {
    case 'text':
      return 'the same text';
    case 'program':
      return 'the same but for names and layout';
    default:
      return null;
  }
}
