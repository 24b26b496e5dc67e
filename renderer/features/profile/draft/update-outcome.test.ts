import { describe, expect, it } from 'vitest';
import { sampleProfile } from '../../../testing/sample-profile.ts';
import { noOutcome, outcomeOf, outcomeOfFailure, withoutFieldError } from './update-outcome.ts';

const snapshot = sampleProfile('c1');

describe('W2 the outcome of an Update', () => {
  it('says per section what was saved and what was not', () => {
    const outcome = outcomeOf({
      snapshot,
      outcomes: { user: { saved: true }, contact: { saved: false, error: { code: 'forbidden' } } },
    });
    expect(outcome.saved).toEqual(['user']);
    expect(outcome.failed).toEqual([{ section: 'contact', error: { code: 'forbidden' } }]);
  });

  it("puts a provider's field errors at the fields of that section", () => {
    const error = {
      code: 'invalid-request',
      fields: { city: { code: 'too-long', limit: 100 }, nonsense: { code: 'required' } },
    } as const;
    const { fieldErrors } = outcomeOf({ snapshot, outcomes: { contact: { saved: false, error } } });
    expect([...fieldErrors]).toEqual([['contact.city', { code: 'too-long', limit: 100 }]]);
  });

  it('reads the whole path that the gate to the services names', () => {
    const failure = { code: 'invalid-request', fields: { 'avatar.changes.image': { code: 'not-valid' } } } as const;
    expect([...outcomeOfFailure(failure, ['user']).fieldErrors.keys()]).toEqual(['avatar.image']);
    expect(outcomeOfFailure(failure, ['user']).saved).toEqual(['user']);
  });

  it('R3 puts them at the fields of another section where both are one record', () => {
    const fields = { 'more.cost.center': { code: 'required' }, 'contact.email': { code: 'taken' } } as const;
    const error = { code: 'invalid-request', fields } as const;
    const { fieldErrors } = outcomeOf({ snapshot, outcomes: { user: { saved: false, error } } });
    expect([...fieldErrors.keys()]).toEqual(['more.cost.center', 'contact.email']);
  });

  it('forgets the error of a field that is being changed, and no other', () => {
    const error = {
      code: 'invalid-request',
      fields: { city: { code: 'required' }, email: { code: 'required' } },
    } as const;
    const outcome = outcomeOf({ snapshot, outcomes: { contact: { saved: false, error } } });
    expect([...withoutFieldError(outcome, 'contact.city').fieldErrors.keys()]).toEqual(['contact.email']);
    expect(withoutFieldError(noOutcome, 'contact.city')).toBe(noOutcome);
  });
});
