import { effectScope } from 'vue';
import { describe, expect, it } from 'vitest';
import { sampleSecret } from '../../../testing/fake-security.ts';
import { createTestHost } from '../../../testing/host-for-tests.ts';
import { createGate, settle } from '../../../testing/waiting.ts';
import { useTypedSecret } from './use-typed-secret.ts';

function setUp() {
  const { services, app } = createTestHost();
  services.addAccount();
  const scope = effectScope();
  const typing = app.runWithContext(() => scope.run(() => useTypedSecret('c1')))!;
  const asked = (channel: string) => services.asked.filter((each) => each.channel === channel);
  return { services, scope, asked, ...typing };
}

describe('C5 a secret of the person’s own', () => {
  it('is described by the services, blanks and lower case forgiven', async () => {
    const { form, otp } = setUp();
    form.secret = 'jbsw y3dp ehpk 3pxp';
    await settle();
    expect(otp.value?.secret).toBe('JBSWY3DPEHPK3PXP');
    expect(otp.value?.link).toContain('period=30');
  });

  it.each([
    ['JBSWY3DPEHPK3PX0', 'base32-look-alike'],
    ['JBSWY3DP', 'base32-length'],
  ])('says at the field what is wrong with %s', async (secret, code) => {
    const { form, otp, secretError } = setUp();
    form.secret = secret;
    await settle();
    expect(otp.value).toBeUndefined();
    expect(secretError.value).toEqual({ code });
    form.secret = '';
    await settle();
    expect(secretError.value).toBeUndefined();
  });

  it.each(['16', '26', '32'])('can be made here, %s characters long', async (length) => {
    const { form, generate } = setUp();
    await generate(Number(length) as 16 | 26 | 32);
    expect(form.secret).toBe(sampleSecret.slice(0, Number(length)));
  });

  it('is counter-based with a first counter, or time-based with an interval', async () => {
    const { form, otp } = setUp();
    form.secret = sampleSecret;
    form.type = 'hotp';
    form.counter = '7';
    await settle();
    expect(otp.value?.parameters).toMatchObject({ type: 'hotp', counter: 7, period: null });
    form.type = 'totp';
    form.period = '60';
    await settle();
    expect(otp.value?.parameters).toMatchObject({ type: 'totp', counter: null, period: 60 });
  });

  it('takes a pasted link apart, so that the fields say what it says', async () => {
    const { form, otp } = setUp();
    form.secret = `otpauth://totp/Token:mara?secret=${sampleSecret}&period=60&digits=8`;
    await settle();
    expect({ ...form }).toMatchObject({ secret: sampleSecret, type: 'totp', period: '60' });
    expect(otp.value?.parameters).toMatchObject({ period: 60, digits: 8 });
    form.secret = '';
    await settle();
    form.secret = sampleSecret;
    await settle();
    expect(otp.value?.parameters.digits).toBe(6);
  });

  it.each(['0', '3601', '-1', '1.5', 'abc', ''])('takes no interval of "%s"', async (period) => {
    const { form, otp, movingError } = setUp();
    form.secret = sampleSecret;
    form.period = period;
    await settle();
    expect(movingError.value).toEqual({ min: 1, max: 3_600 });
    expect(otp.value).toBeUndefined();
  });

  it('drops a late answer about what is not typed any more', async () => {
    const { services, form, otp } = setUp();
    const gate = createGate();
    services.gates.set('mfa.describeSecret', gate.opened);
    form.secret = sampleSecret;
    await settle();
    form.secret = '';
    await settle();
    gate.open();
    await settle();
    expect(otp.value).toBeUndefined();
  });

  it('X1 is given to the provider only with a code that is right', async () => {
    const { form, typed, use, asked, diagnosis } = setUp();
    form.secret = sampleSecret;
    await settle();
    typed.value = '111111';
    await settle();
    expect(diagnosis.value?.kind).toBe('other-moment');
    expect(await use('Token')).toBeUndefined();
    expect(asked('mfa.useSecret')).toEqual([]);
    typed.value = '123456';
    await settle();
    expect((await use('Token'))?.status.devices).toMatchObject([{ name: 'Token', type: 'totp' }]);
    expect(asked('mfa.useSecret')[0]?.input).toMatchObject({ secret: sampleSecret, code: '123456', name: 'Token' });
  });

  it('leaves memory when the dialog closes', async () => {
    const { scope, form, typed, otp } = setUp();
    form.secret = sampleSecret;
    typed.value = '123456';
    await settle();
    scope.stop();
    expect([form.secret, typed.value]).toEqual(['', '']);
    expect(otp.value).toBeUndefined();
  });
});
