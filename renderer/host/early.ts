import { askEarly } from './early-answers.ts';
import { pickTransport } from './pick-transport.ts';

// A script of its own that comes before the screens (vite.config.ts) and must stay small: no Vue in it.
// Takes the token out of the address, before the router reads that.

export const { transport, forget } = askEarly(pickTransport(window));
