import { expect, it } from 'vitest';
import { escapeHtml } from './escape-html.ts';

it('takes away what begins a tag, a reference or ends an attribute, and nothing else', () => {
  expect(escapeHtml(`<a href="x" title='y'>R&D</a> Größe`)).toBe(
    '&#60;a href=&#34;x&#34; title=&#39;y&#39;&#62;R&#38;D&#60;/a&#62; Größe',
  );
});
