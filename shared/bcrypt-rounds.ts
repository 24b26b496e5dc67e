/** The most rounds of bcrypt that are read in a private key file, about four seconds' work, and so the most that are written. */
export const mostBcryptRounds = 256;
