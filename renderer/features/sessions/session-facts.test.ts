import { mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import { sampleSessions } from '../../testing/sample-sessions.ts';
import SessionFacts from './SessionFacts.vue';

describe('E8 the facts of a session', () => {
  const [session] = sampleSessions(0);
  const textOf = (programs: string[]) =>
    mount(SessionFacts, { props: { session: { ...session!, programs }, now: Date.now() } }).text();

  it('name the programs that use it, where the service tells', () => {
    const text = textOf(['profile-desk', 'Team calendar']);
    expect(text).toContain('Used by');
    expect(text).toContain('profile-desk');
    expect(text).toContain('Team calendar');
  });

  it('say nothing of programs where it does not', () => expect(textOf([])).not.toContain('Used by'));
});
