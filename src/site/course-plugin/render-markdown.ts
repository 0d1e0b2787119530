/** Makes the HTML of an exercise's task and hints at build time, Python highlighted by the same classes as elsewhere. */
import { Marked } from 'marked';
import { Prism } from 'prism-react-renderer';

export function renderMarkdown(markdown: string, baseUrl: string): string {
  const marked = new Marked({
    gfm: true,
    renderer: {
      code({ text, lang }) {
        const grammar = lang === undefined ? undefined : Prism.languages[lang];
        const html = grammar ? Prism.highlight(text, grammar, lang ?? '') : escapeHtml(text);
        return `<pre class="hb-code" tabindex="0"><code>${html}</code></pre>\n`;
      },
      link({ href, tokens }) {
        // A site-wide address must carry the base path under which the site is served.
        const target = href.startsWith('/') ? baseUrl + href.slice(1) : href;
        return `<a href="${escapeHtml(target)}">${this.parser.parseInline(tokens)}</a>`;
      },
    },
  });
  return marked.parse(markdown, { async: false });
}

function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
