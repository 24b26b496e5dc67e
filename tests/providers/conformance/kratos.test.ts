import { startKratosStandIn } from '../stand-ins/kratos/start-kratos.ts';
import { describeConformance } from './conformance.ts';
import { anyKratos, describeKratos } from './worlds/kratos/kratos-world.ts';

describeConformance({
  ...anyKratos,
  name: 'the stand-in of Ory Kratos',
  start: async () => describeKratos(await startKratosStandIn()),
});
