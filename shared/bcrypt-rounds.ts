/**
 * The most rounds of bcrypt that are read in a private key file, about four seconds' work, and so the most that are
 * written.
 */
export const maxBcryptRounds = 256;

/** As `ssh-keygen` takes without being asked, since OpenSSH 9.4: about half a second's work. */
export const defaultBcryptRounds = 24;
