import { describe, expect, it } from 'vitest';
import { checkImage } from './avatar-check.ts';

const png = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const jpeg = [0xff, 0xd8, 0xff, 0xe0];
const webp = [...Buffer.from('RIFF'), 9, 9, 9, 9, ...Buffer.from('WEBP')];
const url = (type: string, bytes: readonly number[]) =>
  `data:image/${type};base64,${Buffer.from(bytes).toString('base64')}`;
const padded = (length: number) => [...png, ...new Array<number>(length - png.length).fill(0)];
const notValid = { fault: { code: 'not-valid' } };

describe('E1 E2 picture', () => {
  it.each([
    ['png', png],
    ['jpeg', jpeg],
    ['webp', webp],
  ])('%s is known by its first bytes', (type, bytes) => {
    expect(checkImage(url(type, bytes))).toEqual({ value: url(type, bytes) });
  });

  it.each([
    ['png', jpeg],
    ['jpeg', png],
    ['webp', webp.with(8, 0)],
    ['png', png.slice(0, 7)],
    ['png', [...Buffer.from('<svg onload="x">')]],
    ['svg+xml', png],
    ['gif', [...Buffer.from('GIF89a')]],
  ])('%s is refused with other bytes %j', (type, bytes) => {
    expect(checkImage(url(type, bytes))).toEqual(notValid);
  });

  it.each([
    '',
    'x',
    'data:image/png;base64,',
    `${url('png', png)}\n`,
    `${url('png', png)}!`,
    url('png', png).replace('data:', 'https:'),
    'data:image/png;base64,iVBORw0KGgp=',
  ])('refuses %j', (text) => {
    expect(checkImage(text)).toEqual(notValid);
  });

  it('is at most 200 KB', () => {
    expect(checkImage(url('png', padded(204_800)))).toHaveProperty('value');
    expect(checkImage(url('png', padded(204_801)))).toEqual({ fault: { code: 'too-long' } });
  });
});
