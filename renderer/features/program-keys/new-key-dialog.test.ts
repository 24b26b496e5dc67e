import { describe, expect, it } from 'vitest';
import { createHostWithAccount } from '../../testing/host-with-account.ts';
import { mountWithHost } from '../../testing/mount-with-host.ts';
import { settle } from '../../testing/waiting.ts';
import { dayOf } from '../../lib/days.ts';
import NewKeyDialog from './NewKeyDialog.vue';

const day = 86_400_000;
const base = {
  channel: 'apiKey.generate',
  title: 'Generate a new API key',
  description: 'Any program that has it acts for you.',
  confirm: 'Generate new API key',
  offers: ['name', 'expiry'],
  make: () => Promise.resolve(),
};
const question = { title: 'Are you sure?', body: 'The old key stops working.' };
const dialog = () => document.querySelector('[role=dialog]')!;
const field = (id: string) => document.querySelector<HTMLInputElement>(`#${id}`)!.value;
const confirm = () => dialog().querySelector('button[type=submit]')!;

describe('E7 W7 a key that takes the place of another', () => {
  it('is begun as what it is: dangerous, with the old name and end, and a look at the request', async () => {
    const expiresAt = new Date(Date.now() + 90 * day).toISOString();
    const props = { ...base, question, initial: { name: 'Backup', expiresAt } };
    mountWithHost(NewKeyDialog, props, await createHostWithAccount());
    await settle();
    expect([field('key-name'), field('key-expiry')]).toEqual(['Backup', expiresAt.slice(0, 10)]);
    expect(confirm().className).toContain('bg-danger');
    expect(dialog().textContent).toContain('Show what will be sent');
  });

  it('does not carry on an end that is over', async () => {
    const expiresAt = new Date(Date.now() - day).toISOString();
    mountWithHost(NewKeyDialog, { ...base, question, initial: { name: 'Backup', expiresAt } });
    await settle();
    expect(field('key-expiry')).toBe('');
  });

  it('the first one is no danger', async () => {
    mountWithHost(NewKeyDialog, base);
    await settle();
    expect(confirm().className).toContain('bg-accent');
    expect([field('key-name'), field('key-expiry')]).toEqual(['', '']);
  });
});

describe('E7 the usual ends are one press away', () => {
  const choice = (name: string) =>
    [...dialog().querySelectorAll<HTMLButtonElement>('[role=group] button')].find(
      ({ textContent }) => textContent.trim() === name,
    )!;

  it('a choice is the day that many days from now, and no end is one too', async () => {
    const made: unknown[] = [];
    const props = { ...base, offers: ['expiry'], make: (key: unknown) => Promise.resolve(void made.push(key)) };
    mountWithHost(NewKeyDialog, props, await createHostWithAccount());
    await settle();
    expect(choice('Never').getAttribute('aria-pressed')).toBe('true');
    choice('90 days').click();
    await settle();
    const end = new Date();
    end.setDate(end.getDate() + 90);
    end.setHours(23, 59, 59, 0);
    expect(field('key-expiry')).toBe(dayOf(end.getTime()));
    expect(choice('90 days').getAttribute('aria-pressed')).toBe('true');
    choice('Never').click();
    await settle();
    expect(field('key-expiry')).toBe('');
    choice('30 days').click();
    await settle();
    (confirm() as HTMLButtonElement).click();
    await settle();
    end.setTime(Date.now());
    end.setDate(end.getDate() + 30);
    end.setHours(23, 59, 59, 0);
    expect(made).toEqual([{ name: '', expiresAt: end.toISOString() }]);
  });
});
