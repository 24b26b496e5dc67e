import { URI } from 'otpauth';
import { describe, expect, it } from 'vitest';
import type { OtpParameters } from '../../../../shared/contract/account/mfa.ts';
import { describeSecret, readOtpauthLink } from './otpauth-link.ts';

const secret = 'JBSWY3DPEHPK3PXP';
const totp: OtpParameters = { type: 'totp', algorithm: 'SHA1', digits: 6, period: 30, counter: null };
const hotp: OtpParameters = { type: 'hotp', algorithm: 'SHA256', digits: 8, period: null, counter: 7 };
const label = { issuer: 'Control account', account: 'mara@nordlicht.example' };

describe('W10 C5 the link that is shown', () => {
  it('names issuer and account, the secret without padding, and all figures', () => {
    expect(describeSecret(label, secret, totp)).toEqual({
      secret,
      link: `otpauth://totp/Control%20account:mara%40nordlicht.example?issuer=Control%20account&secret=${secret}&algorithm=SHA1&digits=6&period=30`,
      parameters: totp,
    });
  });

  it('has a counter and no period by HOTP', () => {
    const { link } = describeSecret(label, secret, hotp);
    expect(link).toMatch(/^otpauth:\/\/hotp\/.*&algorithm=SHA256&digits=8&counter=7$/);
    expect(link).not.toContain('period');
  });

  it('fills in what is missing and leaves out what does not belong', () => {
    expect(describeSecret(label, secret, { ...totp, period: null, counter: 3 }).parameters).toEqual(totp);
    expect(describeSecret(label, secret, { ...hotp, period: 60, counter: null }).parameters).toEqual({
      ...hotp,
      counter: 0,
    });
  });

  const names = ['a b+c', 'Ünïcødé 帳戶 🔑', '100% & more = ?#/\\', '"><script>', 'x'.repeat(300)];
  it.each(names)('encodes the name %j so that it is read back whole', (name) => {
    const { link } = describeSecret({ issuer: name, account: name }, secret, totp);
    expect(link).toMatch(/^[\x21-\x7e]+$/);
    expect(link.split('?')[0]?.match(/:/g), 'one after the scheme, one between the names').toHaveLength(2);
    expect(readOtpauthLink(link)).toEqual({ issuer: name, account: name, secret, parameters: totp });
    // Other readers may decode before they part the names; the issuer has a parameter of its own for that.
    expect(URI.parse(link).issuer).toBe(name);
  });

  it.each([
    [{ issuer: 'Test: Foo', account: 'User' }, 'User', 'Test%3A%20Foo'],
    [{ issuer: 'id.example.org:8443', account: 'mara' }, 'mara', 'id.example.org%3A8443'],
    [{ issuer: 'Test', account: 'mara:admin' }, 'Test:mara%20admin', 'Test'],
    [{ issuer: 'a:b', account: ' c: d:e ' }, '%20c%20d%20e%20', 'a%3Ab'],
  ])('has no colon within a part of the label: %j', (names, path, issuer) => {
    const { link } = describeSecret(names, secret, totp);
    expect(link).toMatch(new RegExp(`^otpauth://totp/${path}\\?issuer=${issuer}&`));
    expect(readOtpauthLink(link)?.issuer).toBe(names.issuer);
    expect(URI.parse(link).issuer).toBe(names.issuer);
  });

  it('does not fail at half a character', () => {
    expect(describeSecret({ issuer: 'a\ud83d', account: 'b' }, secret, totp).link).toContain('a%EF%BF%BD:b');
  });
});

describe('C5 a link that is read', () => {
  it.each([
    ['otpauth://totp/me?secret=JBSWY3DPEHPK3PXP', '', 'me'],
    ['OTPAUTH://TOTP/me?SECRET=JBSWY3DPEHPK3PXP', '', 'me'],
    [' otpauth://totp/Old:me?secret=JBSWY3DPEHPK3PXP\n', 'Old', 'me'],
    ['otpauth://totp/Old%3Ame?secret=JBSWY3DPEHPK3PXP', 'Old', 'me'],
    ['otpauth://totp/Old%3a%20me?secret=JBSWY3DPEHPK3PXP', 'Old', 'me'],
    ['otpauth://totp/Old+name:me?secret=JBSWY3DPEHPK3PXP', 'Old name', 'me'],
    ['otpauth://totp/Old:me?secret=JBSWY3DPEHPK3PXP&issuer=New+name', 'New name', 'me'],
    ['otpauth://totp/a%zz?secret=JBSWY3DPEHPK3PXP', '', 'a%zz'],
    ['otpauth://totp?secret=JBSWY3DPEHPK3PXP', '', ''],
  ])('%j', (link, issuer, account) => {
    expect(readOtpauthLink(link)).toEqual({ issuer, account, secret, parameters: totp });
  });

  it('keeps the secret as it stands, for the reader of secrets to judge', () => {
    expect(readOtpauthLink('otpauth://totp/me?secret=jbsw%20y3dp+ehpk-3pxp%3D%3D')?.secret).toBe(
      'jbsw y3dp ehpk-3pxp==',
    );
  });

  it('takes figures that an authenticator could use', () => {
    expect(readOtpauthLink('otpauth://totp/me?secret=A&digits=8&period=60&algorithm=sha-256')?.parameters).toEqual({
      ...totp,
      digits: 8,
      period: 60,
      algorithm: 'SHA256',
    });
    expect(readOtpauthLink('otpauth://hotp/me?secret=A&counter=12')?.parameters).toEqual({
      ...totp,
      type: 'hotp',
      period: null,
      counter: 12,
    });
  });

  it.each([
    'digits=-6',
    'digits=5',
    'digits=9',
    'digits=1e1',
    'digits=0x6',
    'digits=',
    'digits=6.5',
    'period=0',
    'period=-30',
    'period=3601',
    'period=99999999999999999999',
    'algorithm=MD5',
  ])('refuses %s', (figure) => expect(readOtpauthLink(`otpauth://totp/me?secret=A&${figure}`)).toBeUndefined());

  it.each([
    '',
    'JBSWY3DPEHPK3PXP',
    'https://totp/me?secret=A',
    'otpauth://steam/me?secret=A',
    'otpauth://totp/me',
    'otpauth://totp/me?secret=',
    'otpauth://hotp/me?secret=A&counter=-1',
  ])('refuses %j', (text) => expect(readOtpauthLink(text)).toBeUndefined());
});
