import { describe, expect, it } from 'vitest';
import { readDarwin } from './darwin.ts';

const mac = (version: string) => readDarwin(`App/1 CFNetwork/1 Darwin/${version} (x86_64)`);
const phone = (version: string) => readDarwin(`App/1 (iPhone) CFNetwork/1 Darwin/${version}`);

describe('E8 · the system behind a Darwin kernel', () => {
  it.each([
    ['9.8.0', '10.5'],
    ['19.6.0', '10.15'],
    ['20.1.0', '11'],
    ['24.5.0', '15'],
    ['25.0.0', '26'],
    ['26.0.0', null],
    ['4.0.0', null],
  ])('is on a Mac, for Darwin %s, macOS %s', (kernel, version) => {
    expect(mac(kernel)).toEqual({ name: 'Mac OS', version });
  });

  it.each([
    ['14.0.0', null],
    ['15.0.0', '9'],
    ['24.0.0', '18'],
    ['25.0.0', '26'],
    ['26.0.0', null],
  ])('is on a phone, for Darwin %s, iOS %s', (kernel, version) => {
    expect(phone(kernel)).toEqual({ name: 'iOS', version });
  });

  it('is guessed from the missing processor only as long as every Mac sent one', () => {
    expect(readDarwin('App/1 CFNetwork/1 Darwin/19.6.0')).toEqual({ name: 'iOS', version: '13' });
    expect(readDarwin('App/1 CFNetwork/1 Darwin/20.0.0')).toEqual({ name: null, version: null });
  });

  it('is not asked where no Darwin is named', () => {
    expect(readDarwin('Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X)')).toBeNull();
    expect(readDarwin('Darwinian/3.1')).toBeNull();
  });
});
