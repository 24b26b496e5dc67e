import type { Locator } from '@playwright/test';

/**
 * Presses what may have gone by itself meanwhile, without waiting for it and without moving the focus. Gives whether it
 * was there.
 */
export function pressIfThere(button: Locator): Promise<boolean> {
  return button.evaluateAll((buttons) => {
    for (const each of buttons) (each as HTMLElement).click();
    return buttons.length > 0;
  });
}
