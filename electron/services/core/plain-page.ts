import { createHash } from 'node:crypto';
import { nativeLanguage } from './native-text.ts';

const style =
  'body{font:1rem/1.5 system-ui,sans-serif;margin:0;min-height:100vh;display:grid;place-content:center;padding:1rem;box-sizing:border-box}' +
  ':root{color-scheme:light dark}main{max-width:32rem}h1{font-size:1.25rem;margin:0}p{margin:.5rem 0 0}';
const styleHash = createHash('sha256').update(style).digest('base64');

export interface PlainPage {
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A page for the person's browser beside the app's own; nothing in it runs or loads. `content` is HTML. */
export function createPlainPage(title: string, content: string): PlainPage {
  const html = `<!doctype html><html lang="${nativeLanguage()}"><meta charset="utf-8"><title>${title}</title><style>${style}</style><main>${content}</main></html>`;
  return {
    html,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-length': String(Buffer.byteLength(html)),
      'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      'x-content-type-options': 'nosniff',
      // The address of the page may hold a code.
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      connection: 'close',
    },
  };
}
