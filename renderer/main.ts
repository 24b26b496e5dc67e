import { createPinia } from 'pinia';
import { createApp } from 'vue';
import { chooseLanguage } from '../shared/i18n.ts';
import { startStores } from './app/start-stores.ts';
import { createHost, hostKey } from './host/host.ts';
import { pickTransport } from './host/pick-transport.ts';
import { setLanguage } from './lib/i18n/language.ts';
import { languages } from './lib/i18n/read-part.ts';
// Its policy for trusted types is made before anything else could take the name.
import './lib/worker-url.ts';
import RootView from './RootView.vue';
import { tellAfter } from './ui/late/tell-after.ts';
import { createAppRouter } from './app/router.ts';
import { reportFaults } from './app/report-faults.ts';
import './ui/styles.css';

const host = createHost(pickTransport(window));
const app = createApp(RootView).provide(hostKey, host).use(createPinia());
reportFaults(app, window, host);
const started = Promise.all([
  startStores(),
  // One that cannot be had leaves the screens in English.
  setLanguage(chooseLanguage(navigator.languages, languages)).catch(() => undefined),
]);
// The key store may ask the person something first, or keep silent: then the page says so.
await Promise.race([started, new Promise((resolve) => setTimeout(resolve, tellAfter))]);
// Made after the transport has taken the pass out of the address.
app.use(createAppRouter()).mount('#app');
