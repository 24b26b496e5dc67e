import { describe, expect, it } from 'vitest';
import { builderArguments } from './package-arguments.ts';

describe('D6 npm run package', () => {
  it('publishes nothing', () => {
    expect(builderArguments(['--linux', 'deb'])).toEqual(['--publish', 'never', '--linux', 'deb']);
    for (const args of [['--publish', 'always'], ['--publish=always'], ['-p', 'always']])
      expect(() => builderArguments(args)).toThrow('publishes nothing');
  });

  it('lets an app of macOS be unsigned only where it is not packed up', () => {
    expect(builderArguments(['--dir'])).toContain('--config.mac.forceCodeSigning=false');
    expect(builderArguments(['--mac']).join(' ')).not.toContain('forceCodeSigning');
  });
});
