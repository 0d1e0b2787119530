/** A page of a report: one file that needs no other, loads nothing, and runs nothing but the script that it is given. */
import { Html, html } from './html.ts';
import { STYLE } from './style.ts';

export interface Page {
  readonly title: string;
  readonly body: Html;
  /** JavaScript, ours; nothing of a submission. */
  readonly script?: string;
  /** Beside the style that all pages have; ours. */
  readonly style?: string;
}

/** The page's text. No script may run in it but `script`, by its hash; nothing is fetched, no form is sent. */
export async function pageText({ title, body, script = '', style = '' }: Page): Promise<string> {
  const allowed = script === '' ? '' : ` script-src '${await hashOf(script)}';`;
  const policy = `default-src 'none'; style-src 'unsafe-inline'; img-src data:;${allowed} base-uri 'none'; form-action 'none'`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${new Html(STYLE + style)}</style>
</head>
<body>
${body}
${script === '' ? null : new Html(`<script>${script}</script>`)}
</body>
</html>
`.markup;
}

async function hashOf(script: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(script)));
  return `sha256-${btoa(String.fromCharCode(...digest))}`;
}
