/** Stands where a secret is sent. */
export const masked = '••••••••';
