import { describe, expect, it } from 'vitest';
import { toDeletion } from './deletion.ts';

describe('E10 what goes and what stays', () => {
  it('is told in our words, and once as "other" where we have none', () => {
    const answer = {
      canDelete: true,
      reason: null,
      deletes: ['profile', 'api-key', 'holograms', 'dreams'],
      keeps: ['sent-mails', 'shadow'],
    };
    expect(toDeletion(answer)).toEqual({
      refusal: null,
      deletes: ['profile', 'api-key', 'other'],
      keeps: ['sent-mails', 'other'],
    });
  });

  it('names the reason of a refusal that we know', () => {
    const none = { deletes: [], keeps: [] };
    expect(toDeletion({ canDelete: false, reason: 'last-owner', ...none }).refusal).toBe('last-owner');
    expect(toDeletion({ canDelete: false, reason: 'full-moon', ...none }).refusal).toBe('other');
    expect(toDeletion({ canDelete: false, ...none }).refusal).toBe('other');
  });
});
