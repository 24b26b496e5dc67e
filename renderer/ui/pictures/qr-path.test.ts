import { describe, expect, it } from 'vitest';
import { drawQrCode } from './qr-path.ts';

/** The modules that a path covers. */
function modulesOf(path: string): Set<string> {
  const covered = new Set<string>();
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let step = 0; step < Number(width); step += 1) covered.add(`${String(Number(x) + step)},${y ?? ''}`);
  }
  return covered;
}

describe('W10 a QR code', () => {
  const { size, path } = drawQrCode('otpauth://totp/a?secret=JBSWY3DPEHPK3PXP');
  const dark = modulesOf(path);

  it('keeps four modules of white on every side', () => {
    const places = [...dark].flatMap((place) => place.split(',').map(Number));
    expect(Math.min(...places)).toBe(4);
    expect(Math.max(...places)).toBe(size - 5);
  });

  it('has its three finder patterns, and none at the fourth corner', () => {
    const finder = (x: number, y: number) =>
      [0, 1, 2, 3, 4, 5, 6].every((step) => dark.has(`${String(x + step)},${String(y)}`));
    const far = size - 4 - 7;
    expect([finder(4, 4), finder(far, 4), finder(4, far), finder(far, far)]).toEqual([true, true, true, false]);
  });

  it('draws neighbours as one, so that no hairline parts them', () => {
    expect(path).toContain('M4 4h7v1h-7z');
  });
});
