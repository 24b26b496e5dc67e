import { expect, it } from 'vitest';
import { mostBcryptRounds } from '../../../shared/bcrypt-rounds.ts';
import { mostBcryptRounds as mostThatIsRead } from '../../../ssh-keys/index.ts';

// shared imports nothing, and the library nothing of ours: what both say is compared here.
it('K5: as many rounds of bcrypt may be asked for as are read again', () => {
  expect(mostBcryptRounds).toBe(mostThatIsRead);
});
