import { expect, it } from 'vitest';
import { FakeServices } from '../testing/fake-services.ts';
import { placeOf, placeOfNamed } from './place-of.ts';

it('D5 names the host of an account, and the whole address where another one would look the same', () => {
  const services = new FakeServices();
  const one = services.addAccount({ address: 'http://127.0.0.1:4010/desk' });
  const all = () => services.accounts.accounts;
  expect(placeOf(one, all())).toBe('Control account · 127.0.0.1:4010');
  services.addAccount({ address: 'http://127.0.0.1:4011' });
  services.addAccount({ address: 'http://127.0.0.1:4010/other', providerName: 'Another' });
  const demo = services.addAccount();
  expect(placeOf(one, all())).toBe('Control account · 127.0.0.1:4010');
  expect(placeOf(demo, all())).toBe('Control account · on this computer');
  services.addAccount({ address: 'http://127.0.0.1:4010/second' });
  expect(placeOf(one, all())).toBe('Control account · http://127.0.0.1:4010/desk');
});

it('D5 X7 tells two accounts of one person at one service apart by their e-mail addresses', () => {
  const services = new FakeServices();
  const one = services.addAccount({ address: 'http://127.0.0.1:4010' });
  const other = services.addAccount({
    address: 'http://127.0.0.1:4010',
    person: { ...one.person, email: 'mara@work.example' },
  });
  const all = services.accounts.accounts;
  expect(placeOfNamed(one, all)).toContain('mara@nordlicht.example');
  expect(placeOfNamed(other, all)).toContain('mara@work.example');
  expect(placeOfNamed(one, [one])).toBe('Control account · 127.0.0.1:4010');
});
