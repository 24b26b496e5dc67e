import { describe, expect, it } from 'vitest';
import { describeClient } from './user-agent.ts';

describe('E8 · what a provider sees of this app', () => {
  it('names product, version, system and CPU, and nothing of the person', () => {
    expect(describeClient('1.2.3')).toMatch(
      /^ProfileDesk\/1\.2\.3 \((?:Linux [\d.]+|Windows NT [\d.]+|macOS; Darwin [\d.]+); (?:x64|arm64|ia32|arm)\)$/,
    );
  });
});
