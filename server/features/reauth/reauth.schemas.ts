import * as z from 'zod';

const code = z.string().min(1).max(40);

export const proofSchema = z
  .union([
    z.strictObject({ password: z.string().min(1).max(1_000) }),
    /** Of a device, or a recovery code. */
    z.strictObject({ code }),
    z.strictObject({ recoveryCode: code }),
  ])
  .meta({ id: 'Proof' });
export type Proof = z.infer<typeof proofSchema>;

export const reauthSchema = z
  .strictObject({
    /** End of the window; null while it is closed. */
    validUntil: z.iso.datetime().nullable(),
    /** Length of the window that a new proof opens. */
    windowSeconds: z.int(),
    /** What can be a proof now. */
    proofs: z.array(z.enum(['password', 'code', 'recovery-code'])),
  })
  .meta({ id: 'Reauthentication' });
export type Reauthentication = z.infer<typeof reauthSchema>;
