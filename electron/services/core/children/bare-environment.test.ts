import { describe, expect, it } from 'vitest';
import { bareEnvironment } from './bare-environment.ts';

describe('K8 the environment of a child process', () => {
  it('holds what was asked for and is set, and nothing else', () => {
    const env = { SystemRoot: 'C:\\Windows', A_TOKEN: 'secret', LANG: 'de_DE.UTF-8' };
    expect(bareEnvironment(['SystemRoot', 'TEMP'], env)).toEqual({ LANG: 'C.UTF-8', SystemRoot: 'C:\\Windows' });
  });

  it('is never empty, which Electron would take for all of ours', () => {
    expect(Object.keys(bareEnvironment([], {})).length).toBeGreaterThan(0);
  });
});
