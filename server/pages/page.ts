import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { escapeHtml } from '../../shared/escape-html.ts';
import type { App } from '../http/app.ts';

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; display: grid; justify-items: center; padding: 10vh 1rem; }
main { max-width: 26rem; width: 100%; }
h1 { font-size: 1.35rem; }
label { display: grid; gap: .25rem; margin: 1rem 0; }
input, button { font: inherit; padding: .5rem .75rem; border-radius: .4rem; border: 1px solid GrayText; }
button { border: 2px solid; cursor: pointer; }
.mistake { border-left: 4px solid; padding-left: .75rem; font-weight: 600; }
`;

const styleHash = createHash('sha256').update(style).digest('base64');

/** No script at all, nothing from elsewhere; its form goes back to where the page came from. */
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${styleHash}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

export interface Page {
  readonly title: string;
  /** Texts of one paragraph each; escaped here. */
  readonly paragraphs: readonly string[];
  /** What went wrong, said first. */
  readonly mistake?: string | undefined;
  readonly form?: { readonly action: string; readonly fields: readonly PageField[]; readonly button: string };
}

interface PageField {
  readonly name: string;
  readonly label: string;
  /** As in HTML's `autocomplete`. */
  readonly autocomplete: string;
}

/** The few pages that a link in a mail leads to: plain HTML that works in any browser. */
export function sendPage(reply: FastifyReply, status: number, page: Page): FastifyReply {
  return reply
    .code(status)
    .headers({ 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy })
    .send(render(page));
}

/** Lets the routes of a scope take what an HTML form sends. */
export function acceptForms(app: App): void {
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, Object.fromEntries(new URLSearchParams(String(body))));
  });
}

function render({ title, paragraphs, mistake, form }: Page): string {
  const main = [
    `<h1>${escapeHtml(title)}</h1>`,
    ...(mistake === undefined ? [] : [`<p class="mistake" role="alert">${escapeHtml(mistake)}</p>`]),
    ...paragraphs.map((text) => `<p>${escapeHtml(text)}</p>`),
    ...(form ? [renderForm(form)] : []),
  ].join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body><main>
${main}
</main></body>
</html>
`;
}

function renderForm({ action, fields, button }: NonNullable<Page['form']>): string {
  const inputs = fields.map(
    ({ name, label, autocomplete }) =>
      `<label>${escapeHtml(label)}<input type="password" name="${escapeHtml(name)}" autocomplete="${escapeHtml(autocomplete)}" required></label>`,
  );
  return `<form method="post" action="${escapeHtml(action)}">\n${inputs.join('\n')}\n<button>${escapeHtml(button)}</button>\n</form>`;
}
