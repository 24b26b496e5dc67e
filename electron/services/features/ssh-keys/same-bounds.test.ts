import { expect, expectTypeOf, it } from 'vitest';
import { maxBcryptRounds } from '../../../../shared/bcrypt-rounds.ts';
import type { KeyProblem } from '../../../../shared/contract/keys/key-problems.ts';
import { maxBcryptRounds as maxRoundsRead, type KeyProblem as FoundProblem } from '../../../../ssh-keys/index.ts';

// shared imports nothing, and the library nothing of ours: what both say is compared here.
it('K5: as many rounds of bcrypt may be asked for as are read again', () => {
  expect(maxBcryptRounds).toBe(maxRoundsRead);
});

it('K4: every problem that the library finds has a place in the contract, and only two more are there', () => {
  type Own = 'link-leads-out' | 'took-too-long';
  expectTypeOf<FoundProblem>().toExtend<KeyProblem>();
  expectTypeOf<FoundProblem['code'] | Own>().toEqualTypeOf<KeyProblem['code']>();
  type In<Problem, Key extends string> = Problem extends { readonly [key in Key]: infer Value } ? Value : never;
  expectTypeOf<In<FoundProblem, 'what'>>().toEqualTypeOf<In<KeyProblem, 'what'>>();
  expectTypeOf<In<FoundProblem, 'part'>>().toEqualTypeOf<In<KeyProblem, 'part'>>();
  expectTypeOf<In<FoundProblem, 'source'>>().toEqualTypeOf<In<KeyProblem, 'source'>>();
});
