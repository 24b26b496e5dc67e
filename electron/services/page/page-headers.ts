import { contentSecurityPolicy } from './content-security-policy.ts';

/** What both shells send with every file of the page. */
export function pageHeaders(options: Parameters<typeof contentSecurityPolicy>[0]): Record<string, string> {
  return {
    'content-security-policy': contentSecurityPolicy(options),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  };
}
