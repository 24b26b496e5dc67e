import { describe, expect, it } from 'vitest';
import { makeAvatar, middleSquare } from './make-avatar.ts';

// What a browser makes of a picture is seen in tests/screens; here is what it is not asked to do.

describe('E2 a picture', () => {
  it.each([
    [[40, 20], { x: 10, y: 0, side: 20 }],
    [[20, 41], { x: 0, y: 10.5, side: 20 }],
    [[256, 256], { x: 0, y: 0, side: 256 }],
  ] as const)('of %o pixels is cut to %o', ([width, height], square) =>
    expect(middleSquare(width, height)).toEqual(square),
  );

  it('is refused unread when the file is far too large', async () => {
    const file = { size: 50_000_001 } as Blob;
    expect(await makeAvatar(file)).toEqual({ ok: false, reason: 'too-large' });
  });
});
