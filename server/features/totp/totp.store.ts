import { Secret, TOTP } from 'otpauth';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/database.ts';

/** Seconds; SHA-1 and six digits are what every authenticator app assumes (RFC 6238). */
const period = 30;

/**
 * Codes of authenticator apps. Checking a code needs its secret, so it is kept as it is,
 * in a folder that only the server's own user may read.
 */
export type TotpStore = ReturnType<typeof createTotpStore>;

export function createTotpStore(database: Database, clock: Clock) {
  return {
    /** `secret` in Base32. From now on every sign-in of this account asks for a code. */
    enable(accountId: string, secret: string): void {
      database.run(
        `INSERT INTO totp (account_id, secret) VALUES (:accountId, :secret)
         ON CONFLICT (account_id) DO UPDATE SET secret = :secret, last_step = -1`,
        { accountId, secret },
      );
    },

    isEnabled(accountId: string): boolean {
      return database.get('SELECT 1 FROM totp WHERE account_id = :accountId', { accountId }) !== undefined;
    },

    /**
     * True for a right code, one step of clock drift allowed either way (RFC 6238, 5.2).
     * Takes the code: neither it nor an older one works again.
     */
    take(accountId: string, code: string): boolean {
      // The library throws at digits of other scripts.
      if (!/^[0-9]{6}$/.test(code)) return false;
      return database.transaction(() => {
        const row = database.get<{ secret: string; last_step: number }>('SELECT secret, last_step FROM totp WHERE account_id = :accountId', { accountId });
        if (!row) return false;
        const totp = new TOTP({ secret: Secret.fromBase32(row.secret), period });
        const timestamp = clock.now();
        const drift = totp.validate({ token: code, timestamp, window: 1 });
        if (drift === null) return false;
        const step = totp.counter({ timestamp }) + drift;
        if (step <= row.last_step) return false;
        database.run('UPDATE totp SET last_step = :step WHERE account_id = :accountId', { step, accountId });
        return true;
      });
    },
  };
}
