import { disableAutoUnmount, enableAutoUnmount } from '@vue/test-utils';
import { afterEach } from 'vitest';

// What a test mounted goes with it: left in a page that was emptied under it, it would fall over its missing neighbours
// in the next test, whenever a late change drew it once more. The hook that comes last runs first.
afterEach(() => document.body.replaceChildren());
disableAutoUnmount();
enableAutoUnmount(afterEach);
