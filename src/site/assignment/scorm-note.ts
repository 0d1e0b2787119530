/** A line at the foot of a packaged assignment: what the platform was told, and what went wrong. */

export interface Note {
  status(text: string): void;
  /** Stays until it is no longer so. */
  trouble(text: string | null): void;
}

/** The site's own colours, once it is there. */
const STYLE = {
  position: 'sticky',
  bottom: '0',
  zIndex: '10',
  margin: '0',
  padding: '0.5rem 1rem',
  background: 'var(--ifm-background-surface-color, #fff)',
  borderTop: '1px solid var(--ifm-color-emphasis-300, #ccc)',
};

export function showNote(page: Document): Note {
  const line = page.createElement('p');
  Object.assign(line.style, STYLE);
  line.setAttribute('role', 'status');
  line.hidden = true;
  page.body.append(line);
  let wrong: string | null = null;
  let right = '';
  const show = () => {
    line.textContent = wrong ?? right;
    line.hidden = line.textContent === '';
    line.style.fontWeight = wrong === null ? '' : 'bold';
  };
  return {
    status(text) {
      right = text;
      show();
    },
    trouble(text) {
      wrong = text;
      show();
    },
  };
}
