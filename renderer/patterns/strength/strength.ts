export interface StrengthQuestion {
  readonly password: string;
  readonly personal: readonly string[];
}

export interface StrengthAnswer {
  /** 0 for guessed at once, 4 for very hard to guess. */
  readonly score: 0 | 1 | 2 | 3 | 4;
  /** In words. */
  readonly crackTime: string;
  /** Sentences. */
  readonly advice: readonly string[];
}
