/** Where the reader is on the assignment's page: what the address says, and the address of somewhere else on it. */

export interface Place {
  /** `#assignment=…`, or empty: the assignment that a link carries. */
  readonly fragment: string;
  /** Id of an assignment that this browser remembers. */
  readonly id: string | null;
  readonly view: View;
}

export type View =
  | { readonly kind: 'overview' }
  | { readonly kind: 'exercise'; readonly slug: string }
  | { readonly kind: 'hand-in' };

export const OVERVIEW: View = { kind: 'overview' };
export const HAND_IN: View = { kind: 'hand-in' };

export function placeOf({ search, hash }: { readonly search: string; readonly hash: string }): Place {
  const query = new URLSearchParams(search);
  const slug = query.get('exercise');
  const view: View = slug !== null ? { kind: 'exercise', slug } : query.has('hand-in') ? HAND_IN : OVERVIEW;
  return { fragment: hash.startsWith('#assignment=') ? hash : '', id: query.get('assignment'), view };
}

/** What follows the page's path. Slugs and ids need no escaping, and stay readable. */
export function addressOf({ fragment, id, view }: Place): string {
  const query = [
    fragment === '' && id !== null && `assignment=${encodeURIComponent(id)}`,
    view.kind === 'exercise' && `exercise=${encodeURIComponent(view.slug).replaceAll('%2F', '/')}`,
    view.kind === 'hand-in' && 'hand-in',
  ].filter((part) => part !== false);
  return `${query.length > 0 ? `?${query.join('&')}` : ''}${fragment}`;
}
