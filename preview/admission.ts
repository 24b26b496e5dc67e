import { createHash, randomBytes } from 'node:crypto';

export interface Admission {
  /** A code for the address of a page: good for the first page that comes with it. */
  newCode(): string;
  /**
   * Whether `token` is that of the page let in last, or of one that comes with a code nobody has used and takes its
   * place.
   */
  admits(token: string, code: string): boolean;
}

/** Codes that may be outstanding at once; the oldest goes. */
const codeLimit = 32;
/** What a page makes for itself: 32 random bytes in base64url. */
const tokenPattern = /^[\w-]{43}$/;

/**
 * A browser writes the addresses it was at into its history, and a printed line stays in a journal. So the code of a
 * link only lets a page name a token of its own, once; the token is in no address. Naming the same one again does no
 * harm: that a page can say all of it again until it is heard makes a lost answer or an early reload no loss. One page
 * at a time: `onNewPage` is called before a newer one is let in.
 */
export function createAdmission(onNewPage: () => void): Admission {
  // By their digests: how long a look-up takes tells nothing of what would have been right.
  const codes = new Set<string>();
  let page: string | undefined;
  return {
    newCode() {
      const code = randomBytes(32).toString('base64url');
      codes.add(digest(code));
      const [oldest = ''] = codes;
      if (codes.size > codeLimit) codes.delete(oldest);
      return code;
    },
    admits(token, code) {
      if (!tokenPattern.test(token)) return false;
      const name = digest(token);
      if (name === page) return true;
      if (!codes.delete(digest(code))) return false;
      page = name;
      onNewPage();
      return true;
    },
  };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
