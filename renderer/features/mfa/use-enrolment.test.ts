import { effectScope } from 'vue';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import { useReauthStore } from '../../account/reauth.store.ts';
import { sampleSecret } from '../../testing/fake-security.ts';
import { createTestHost } from '../../testing/host-for-tests.ts';
import { createGate, settle } from '../../testing/waiting.ts';
import { useEnrolment } from './use-enrolment.ts';

async function setUp() {
  const { services, app, pinia } = createTestHost();
  services.addAccount();
  const scope = effectScope();
  const enrolling = app.runWithContext(() => scope.run(() => useEnrolment('c1')))!;
  const asked = (channel: string) => services.asked.filter((each) => each.channel === channel);
  return { services, security: services.security, reauth: useReauthStore(pinia), scope, asked, ...enrolling };
}

async function type({ typed }: { typed: { value: string } }, code: string): Promise<void> {
  typed.value = code;
  await settle();
}

describe('W10 E4 turning on', () => {
  it('shows a secret, takes "123 456" and gives the first recovery codes', async () => {
    const enrolling = await setUp();
    expect(await enrolling.begin()).toBe(true);
    expect(enrolling.enrolment.value?.otp.secret).toBe(sampleSecret);
    await type(enrolling, '123 456');
    expect(enrolling.code.value).toBe('123456');
    const result = await enrolling.confirm('Phone');
    expect(result?.status.isOn).toBe(true);
    expect(result?.recoveryCodes?.codes).toHaveLength(10);
    expect(enrolling.asked('mfa.confirmEnrolment')[0]?.input).toEqual({
      enrolment: 'e1',
      code: '123456',
      name: 'Phone',
    });
  });

  it.each(['', '12345', '1234567', 'abcdef'])('cannot be confirmed with "%s"', async (typed) => {
    const enrolling = await setUp();
    await enrolling.begin();
    await type(enrolling, typed);
    expect(enrolling.code.value).toBeUndefined();
    expect(await enrolling.confirm('Phone')).toBeUndefined();
    expect(enrolling.asked('mfa.diagnoseCode')).toEqual([]);
  });

  it('X1 judges a complete code while it is typed, and sends none that is not right', async () => {
    const enrolling = await setUp();
    await enrolling.begin();
    await type(enrolling, '111111');
    expect(enrolling.diagnosis.value).toEqual({ kind: 'other-moment', seconds: -90 });
    expect(await enrolling.confirm('Phone')).toBeUndefined();
    expect(enrolling.asked('mfa.confirmEnrolment')).toEqual([]);
    await type(enrolling, '11111');
    expect(enrolling.diagnosis.value).toBeUndefined();
  });

  it('X1 does not leave the verdict on one code standing beside another', async () => {
    const enrolling = await setUp();
    await enrolling.begin();
    await type(enrolling, '111111');
    const gate = createGate();
    enrolling.services.gates.set('mfa.diagnoseCode', gate.opened);
    await type(enrolling, '222222');
    expect(enrolling.diagnosis.value).toBeUndefined();
    gate.open();
    await settle();
    expect(enrolling.diagnosis.value).toEqual({ kind: 'wrong' });
  });

  it('loses nothing when the network goes between beginning and confirming', async () => {
    const enrolling = await setUp();
    await enrolling.begin();
    await type(enrolling, '123456');
    enrolling.services.faults.set('mfa.confirmEnrolment', new AppError('offline', { reason: 'connection-lost' }));
    expect(await enrolling.confirm('Phone')).toBeUndefined();
    expect(enrolling.error.value?.reason).toBe('connection-lost');
    expect(enrolling.enrolment.value?.otp.secret).toBe(sampleSecret);
    enrolling.services.faults.clear();
    expect(await enrolling.confirm('Phone')).toBeDefined();
  });

  it('says when the secret is void, and begins with another one', async () => {
    const enrolling = await setUp();
    await enrolling.begin();
    await type(enrolling, '123456');
    enrolling.services.faults.set('mfa.diagnoseCode', new AppError('not-found'));
    await enrolling.confirm('Phone');
    expect(enrolling.isVoid.value).toBe(true);
    enrolling.services.faults.clear();
    expect(await enrolling.begin()).toBe(true);
    expect([enrolling.isVoid.value, enrolling.typed.value]).toEqual([false, '']);
  });

  it('E12 begins after a proof, and not without', async () => {
    const enrolling = await setUp();
    enrolling.security.asksForProof = true;
    const begun = enrolling.begin();
    await settle();
    enrolling.reauth.cancel();
    expect(await begun).toBe(false);
    expect([enrolling.enrolment.value, enrolling.error.value]).toEqual([undefined, undefined]);
  });

  it('forgets the secret, here and in the services, when the dialog closes', async () => {
    const enrolling = await setUp();
    await enrolling.begin();
    await type(enrolling, '123');
    enrolling.scope.stop();
    expect([enrolling.enrolment.value, enrolling.typed.value]).toEqual([undefined, '']);
    await settle();
    expect(enrolling.asked('mfa.cancelEnrolment')[0]?.input).toEqual({ enrolment: 'e1' });
  });

  it('cancels nothing after it is on', async () => {
    const enrolling = await setUp();
    await enrolling.begin();
    await type(enrolling, '123456');
    await enrolling.confirm('Phone');
    enrolling.scope.stop();
    await settle();
    expect(enrolling.asked('mfa.cancelEnrolment')).toEqual([]);
  });
});
