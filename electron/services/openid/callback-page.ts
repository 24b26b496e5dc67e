import { createHash } from 'node:crypto';
import { nativeLanguage, nativeText } from '../core/native-text.ts';

const style =
  'body{font:16px/1.5 system-ui,sans-serif;margin:0;min-height:100vh;display:grid;place-content:center;text-align:center;padding:1rem}' +
  ':root{color-scheme:light dark}h1{font-size:1.25rem;margin:0}p{margin:.5rem 0 0}';

export interface CallbackPage {
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What the browser shows after it was sent back; nothing in it runs, loads or comes from the request. */
export function createCallbackPage(title: string, text: string): CallbackPage {
  const html = `<!doctype html><html lang="${nativeLanguage}"><meta charset="utf-8"><title>${nativeText('callback.pageTitle')}</title><style>${style}</style><h1>${title}</h1><p>${text}</p></html>`;
  const styleHash = createHash('sha256').update(style).digest('base64');
  return {
    html,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-length': String(Buffer.byteLength(html)),
      'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      'x-content-type-options': 'nosniff',
      // The address of this page holds the code.
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      connection: 'close',
    },
  };
}
