import { spawnSync } from 'node:child_process';
import { Secret } from 'otpauth';
import { describe, expect, it } from 'vitest';
import type { OtpParameters } from '../../../../shared/contract/account/mfa.ts';
import { readDigits } from '../../../../shared/typed-text.ts';
import { diagnoseCode } from './diagnose-code.ts';

const totp: OtpParameters = { type: 'totp', algorithm: 'SHA1', digits: 6, period: 30, counter: null };
const hotp: OtpParameters = { type: 'hotp', algorithm: 'SHA1', digits: 6, period: null, counter: 0 };
/** The secrets of RFC 6238, Appendix B, with the length that each hash has. */
const seed = (length: number) => Secret.fromLatin1('1234567890'.repeat(7).slice(0, length));

describe('X1 vectors of RFC 6238, Appendix B', () => {
  it.each([
    [59, 'SHA1', 20, '94287082'],
    [59, 'SHA256', 32, '46119246'],
    [59, 'SHA512', 64, '90693936'],
    [1_111_111_109, 'SHA1', 20, '07081804'],
    [1_111_111_109, 'SHA256', 32, '68084774'],
    [1_111_111_109, 'SHA512', 64, '25091201'],
    [1_234_567_890, 'SHA1', 20, '89005924'],
    [2_000_000_000, 'SHA256', 32, '90698825'],
    [20_000_000_000, 'SHA512', 64, '47863826'],
  ] as const)('at %d s with %s', (seconds, algorithm, length, code) => {
    const parameters = { ...totp, algorithm, digits: 8 };
    const judge = (now: number) => diagnoseCode(seed(length), parameters, code, now * 1_000);
    expect(judge(seconds)).toEqual({ kind: 'right' });
    expect(judge(seconds + 90)).toEqual({ kind: 'other-moment', seconds: -90 });
  });
});

describe('C5 vectors of RFC 4226, Appendix D', () => {
  const codes = ['755224', '287082', '359152', '969429', '338314', '254676', '287922', '162583', '399871', '520489'];

  it('takes each counter from the first one on', () => {
    for (const code of codes) expect(diagnoseCode(seed(20), hotp, code, 0)).toEqual({ kind: 'right' });
  });

  it('takes none from before it, and none that is further than a server looks', () => {
    expect(diagnoseCode(seed(20), { ...hotp, counter: 4 }, '969429', 0)).toEqual({ kind: 'wrong' });
    expect(diagnoseCode(seed(20), hotp, '481090', 0), 'counter 11 by oathtool').toEqual({ kind: 'wrong' });
  });
});

describe('X1 a code of another moment', () => {
  const secret = 'JBSWY3DPEHPK3PXP';
  const now = Date.UTC(2026, 0, 15, 12, 0, 10);
  const oathtool = (seconds: number, period = 30) =>
    spawnSync(
      'oathtool',
      ['--base32', '--totp', `--time-step-size=${String(period)}s`, `--now=@${String(now / 1_000 + seconds)}`, secret],
      { encoding: 'utf8' },
    ).stdout.trim();
  const hasOathtool = spawnSync('oathtool', ['--version']).status === 0;
  const judge = (code: string, parameters = totp) => diagnoseCode(Secret.fromBase32(secret), parameters, code, now);

  it.skipIf(!hasOathtool)(
    'is recognised ten steps either way, by the codes of oathtool (skipped where it is missing)',
    () => {
      for (let step = -12; step <= 12; step += 1) {
        const far = Math.abs(step);
        const expected =
          far <= 1 ? { kind: 'right' } : far <= 10 ? { kind: 'other-moment', seconds: step * 30 } : { kind: 'wrong' };
        expect(judge(oathtool(step * 30)), `step ${String(step)}`).toEqual(expected);
      }
    },
  );

  it.skipIf(!hasOathtool)('counts in the interval of the device (skipped where oathtool is missing)', () => {
    expect(judge(oathtool(-300, 60), { ...totp, period: 60 })).toEqual({ kind: 'other-moment', seconds: -300 });
  });
});

describe('W10 what is no code at all', () => {
  it.each(['', '12345', '1234567', '12345a', '１２３４５６', '-12345', '1e5000'])('%j', (code) => {
    expect(diagnoseCode(seed(20), totp, code, 59_000)).toEqual({ kind: 'incomplete', digits: 6 });
  });

  it('is read without the gaps that people and screens put in, in the digits of any script', () => {
    const wide = '\uff11\uff12\uff13\uff14\uff15\uff16';
    for (const typed of [
      wide,
      '123\u200b456',
      '123456',
      '123 456',
      ' 12 34 56 ',
      '123-456',
      '123\u00a0456',
      '123\u2013456',
    ])
      expect(readDigits(typed, 6)).toBe('123456');
  });
});
