import { describeConformance } from '../conformance/conformance.ts';
import { anyKratos, describeKratos } from '../conformance/worlds/kratos/kratos-world.ts';
import { startKratos, whyNoKratos } from './kratos/start-kratos.ts';

describeConformance({
  ...anyKratos,
  name: 'a real Ory Kratos',
  missing: whyNoKratos(),
  start: async () => describeKratos(await startKratos()),
});
