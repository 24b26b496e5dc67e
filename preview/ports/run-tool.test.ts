import { describe, expect, it } from 'vitest';
import { runTool } from './run-tool.ts';

// Programs of Linux and macOS.
describe.skipIf(process.platform === 'win32')('a small program of the desktop', () => {
  const cat = { program: 'cat', args: [] };

  it('gives what it writes, where that is asked for', async () => {
    expect(await runTool(cat, 'ü\n', { reads: true })).toBe('ü\n');
    expect(await runTool(cat, 'ü\n')).toBe('');
  });

  it('is waited for on a busy computer', async () => {
    // Longer than one that is free ever needs.
    expect(await runTool({ program: 'sh', args: ['-c', 'sleep 3.5; echo late'] }, '', { reads: true })).toBe('late\n');
  });

  it('is ended once it hangs, and gives nothing', async () => {
    expect(await runTool({ program: 'sleep', args: ['600'] }, '', { reads: true, deadlineMs: 50 })).toBeUndefined();
  });

  it('gives nothing where it fails or is not there', async () => {
    expect(await runTool({ program: 'false', args: [] })).toBeUndefined();
    expect(await runTool({ program: 'no-such-program', args: [] })).toBeUndefined();
  });
});
