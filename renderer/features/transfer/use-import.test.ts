import { effectScope } from 'vue';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import { createTestHost } from '../../testing/host-for-tests.ts';
import { conflictName, problemText, valueText } from './part-texts.ts';
import '../../testing/load-all-texts.ts';
import { useImport } from './use-import.ts';

const passphrase = 'seven tulips behind the mill';

function setUp() {
  const { services, app } = createTestHost();
  const scope = effectScope();
  const importing = app.runWithContext(() => scope.run(() => useImport())!);
  const asked = () => services.asked.map(({ channel }) => channel.replace('transfer.', ''));
  const file = new File([new Uint8Array(1_500_000)], 'desk.pdexport');
  return { ...importing, services, scope, asked, chosen: file };
}

describe('X14 an import in the page', () => {
  it('sends the file once to look at it, and once to take it over', async () => {
    const { choose, open, take, step, asked, chosen } = setUp();
    await choose(chosen);
    expect(step.value).toBe('passphrase');
    await open(passphrase);
    expect(step.value).toBe('preview');
    await take(['a']);
    expect(step.value).toBe('done');
    expect(asked()).toEqual([
      ...['look', 'openFile', 'feed', 'feed', 'preview'],
      ...['beginImport', 'feed', 'feed', 'finishImport'],
    ]);
  });

  it('opens the file anew where a try before it failed: the services have forgotten it by then', async () => {
    const { choose, open, take, step, asked, services, chosen, error } = setUp();
    await choose(chosen);
    await open(passphrase);
    services.faults.set('transfer.beginImport', new AppError('not-found'));
    const before = asked().length;
    const taking = take([]);
    await expect.poll(() => asked().slice(before)).toEqual(['beginImport', 'openFile', 'beginImport']);
    services.faults.clear();
    expect([await taking, error.value?.code, step.value]).toEqual([false, 'not-found', 'preview']);
    await take([]);
    expect(step.value).toBe('done');
  });

  it('lets go of the file when the dialog goes, but not of one that was taken over', async () => {
    const given = setUp();
    await given.choose(given.chosen);
    await given.open(passphrase);
    given.scope.stop();
    await expect.poll(() => given.asked().at(-1)).toBe('discard');
    const done = setUp();
    await done.choose(done.chosen);
    await done.open(passphrase);
    await done.take([]);
    done.scope.stop();
    expect(done.asked()).not.toContain('discard');
  });

  it('says what is wrong with a file, and goes no further', async () => {
    const { choose, step, problem, services, chosen } = setUp();
    services.transfer.problems.set('look', { kind: 'newer-version', version: 3 });
    await choose(chosen);
    expect([step.value, problemText(problem.value!)]).toEqual(['file', expect.stringContaining('format 3')]);
  });
});

describe('X14 what differs', () => {
  const of = (part: 'settings' | 'drafts' | 'accounts', what: string) => ({
    ...{ conflictId: 'x', part, what, account: null, mine: '', theirs: '', isWeaker: false },
  });

  it.each([
    [of('settings', 'theme'), 'dark', 'Theme', 'Dark'],
    [of('settings', 'lockAfterMinutes'), 'null', 'Lock by itself', 'Never'],
    [of('settings', 'lockAfterMinutes'), '5', 'Lock by itself', 'After 5 minutes'],
    [of('settings', 'notifyOfNew'), 'true', 'Notify of new sessions and keys', 'yes'],
    [of('settings', 'activityLimit'), '1000', 'How many entries of activity are saved', '1000'],
    [of('drafts', 'contact.city'), 'Ulm', 'City', 'Ulm'],
    [of('drafts', 'Abteilung'), '', 'Abteilung', 'nothing'],
    [of('accounts', ''), 'desk', 'ID of this app at the service', 'desk'],
  ])('is named as the person knows it: %#', (conflict, value, name, shown) => {
    expect([conflictName(conflict), valueText(conflict, value)]).toEqual([name, shown]);
  });
});
