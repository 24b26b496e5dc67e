// A second line of defence: callers must not log secrets at all (see the Log port).
const patterns: readonly [RegExp, string][] = [
  // RFC 9110 §11.4 credentials.
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, '$1 [redacted]'],
  // RFC 7519 tokens: three base64url parts, the first a JSON object.
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, '[redacted]'],
  // RFC 3986 §3.2.1 user information in an address.
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/?#@]+@/gi, '$1[redacted]@'],
  [
    /(["']?\b[\w-]*(?:password|passphrase|secret|token|api[_-]?key|authorization|cookie)["']?\s*[:=]\s*)("[^"]*"|'[^']*'|[^\s,;&}]+)/gi,
    '$1[redacted]',
  ],
];

/** Replaces what looks like a credential in a text for the log. */
export function redact(text: string): string {
  return patterns.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), text);
}
