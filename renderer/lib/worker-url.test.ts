import { describe, expect, it } from 'vitest';
import { toWorkerUrl } from './worker-url.ts';

describe('W9 the address of a worker', () => {
  it('is let through if it is of our own origin', () => {
    expect(String(toWorkerUrl('/assets/strength.worker.js'))).toBe('/assets/strength.worker.js');
  });

  it.each(['https://elsewhere.example/worker.js', 'data:text/javascript,postMessage(1)', '//elsewhere.example/a.js'])(
    'is refused as %s',
    (url) => {
      expect(() => toWorkerUrl(url)).toThrow(TypeError);
    },
  );
});
