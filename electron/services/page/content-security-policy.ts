/**
 * The Content-Security-Policy header of every page and file of the renderer, in both shells (CSP Level 3).
 * The window in Electron has no network at all; the browser shell may reach its own origin, where the services answer.
 */
export function contentSecurityPolicy({ connectSrc }: { readonly connectSrc: "'none'" | "'self'" }): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src ${connectSrc}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    // Vue's own, and ours for the address of a worker (renderer/lib/worker-url.ts). Each once: no other script gets
    // one.
    'trusted-types vue own-worker',
  ].join('; ');
}
