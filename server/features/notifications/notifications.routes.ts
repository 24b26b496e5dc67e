import * as z from 'zod';
import type { CallerScope } from '../../access/caller-scope.ts';
import type { Feature } from '../../access/feature.ts';
import { acceptMergePatchOnly, recordRoutes } from '../../access/record-routes.ts';
import { notificationsPatchSchema, notificationsSchema } from './notifications.schemas.ts';
import type { NotificationsService } from './notifications.service.ts';

export function notificationsFeature({ record, access }: NotificationsService, requireCaller: CallerScope): Feature {
  return {
    offers: ['notifications.read', 'notifications.write'],
    access: (permissions) => ({ notifications: access(permissions) }),
    register(app) {
      requireCaller(app);
      acceptMergePatchOnly(app);
      recordRoutes(app, {
        url: '/me/notifications',
        tag: 'notifications',
        what: 'notifications',
        valueSchema: notificationsSchema,
        patchSchema: notificationsPatchSchema,
        record,
      });
    },
  };
}

const utilizationSchema = z.strictObject({ percent: z.number().min(0).max(1_000) });

/** For development only: makes happen what a real server would learn from its storage and its clock. */
export function notificationTriggersFeature({ setUtilization, sendDailyReports }: NotificationsService): Feature {
  const response = { 204: z.undefined() };
  return {
    offers: [],
    register(app) {
      app.post(
        '/dev/utilization',
        { schema: { hide: true, body: utilizationSchema, response } },
        async (request, reply) => {
          setUtilization(request.body.percent);
          return reply.code(204).send();
        },
      );
      app.post('/dev/daily-report', { schema: { hide: true, response } }, async (_request, reply) => {
        sendDailyReports();
        return reply.code(204).send();
      });
    },
  };
}
