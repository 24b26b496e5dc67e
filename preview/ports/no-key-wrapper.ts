import { AppError } from '../../shared/contract/errors.ts';
import type { KeyWrapper } from '../../electron/services/ports.ts';

/** For `--no-key-store`: nothing is kept between runs. */
export function createNoKeyWrapper(): KeyWrapper {
  const refuse = () => Promise.reject(new AppError('key-store-unavailable'));
  return {
    status: () => Promise.resolve({ available: false, cause: 'switched off by --no-key-store' }),
    wrap: refuse,
    unwrap: refuse,
  };
}
