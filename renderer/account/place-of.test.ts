import { expect, it } from 'vitest';
import { FakeServices } from '../testing/fake-services.ts';
import { placeOf, placeOfNamed } from './place-of.ts';

it('D5 names the address of an account where another one would look the same', () => {
  const services = new FakeServices();
  const one = services.addAccount({ address: 'http://127.0.0.1:4010' });
  const all = () => services.accounts.accounts;
  expect(placeOf(one, all())).toBe('Control account');
  services.addAccount({
    address: 'http://127.0.0.1:4011',
    person: { name: 'Ada', email: 'ada@example.com', avatar: null },
  });
  expect(placeOf(one, all()), 'another person').toBe('Control account');
  const twin = services.addAccount();
  expect(placeOf(one, all())).toContain('http://127.0.0.1:4010');
  expect(placeOf(twin, all())).not.toBe(placeOf(one, all()));
  expect(placeOf(twin, all())).toContain('Control account');
});

it('D5 X7 tells two accounts of one person at one service apart by their addresses', () => {
  const services = new FakeServices();
  const one = services.addAccount({ address: 'http://127.0.0.1:4010' });
  const other = services.addAccount({
    address: 'http://127.0.0.1:4010',
    person: { ...one.person, email: 'mara@work.example' },
  });
  const all = services.accounts.accounts;
  expect(placeOfNamed(one, all)).toContain('mara@nordlicht.example');
  expect(placeOfNamed(other, all)).toContain('mara@work.example');
  expect(placeOfNamed(one, [one])).toBe('Control account');
});
