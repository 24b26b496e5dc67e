import { nativeTheme } from 'electron';
import { settingsSchema } from '../../../shared/contract/settings.ts';
import type { Services } from '../../services/services.ts';

/** Lets the window's own parts, and its ground before the page is drawn, follow the theme of the settings. */
export async function followTheme({ handlers, onEvent }: Services): Promise<void> {
  nativeTheme.themeSource = (await handlers.settings.get(undefined)).theme;
  onEvent(({ channel, payload }) => {
    if (channel === 'settings.changed') nativeTheme.themeSource = settingsSchema.parse(payload).theme;
  });
}
