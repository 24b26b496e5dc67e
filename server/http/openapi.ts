import swagger from '@fastify/swagger';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { version } from '../version.ts';
import type { App } from './app.ts';

/** Serves the description of all routes added after it, made from their schemas. */
export function serveOpenApi(app: App): void {
  app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Profile Desk reference API',
        version,
        description:
          'One person and their own account. Errors are problem details (RFC 9457). Records carry strong ETags; ' +
          'writes need If-Match. A POST may carry an Idempotency-Key: the same request of the same person under the same key ' +
          'gets the kept answer for 24 hours. Sign-in, refresh and what shows a new secret are exempt, because no secret is kept to be repeated; ' +
          'making a key is refused the second time with `already-done`. An API key (`pdk_...`) is a bearer token too, and so is what `/auth/token` gives for an access key (`pdt_...`): they read `/me`, `/me/contact`, ' +
          '`/me/avatar`, `/me/sessions` and `/meta`, and anything else answers 403.',
      },
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
    },
    transform: (route) => {
      const { schema, url } = jsonSchemaTransform(route);
      return { schema: { ...schema, operationId: operationIdOf(String(route.route.method), url) }, url };
    },
    transformObject: jsonSchemaTransformObject,
  });
  app.after(() => {
    app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
  });
}

/** Like `postMeApiKeyRotate`: stable as long as the route is. */
function operationIdOf(method: string, url: string): string {
  const words = url.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  return method.toLowerCase() + words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('');
}
