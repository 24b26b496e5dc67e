import type { Ref } from 'vue';

/**
 * What had the focus before the dialog that is open, then all it stood in, nearest first; kept over dialogs that follow
 * one another.
 */
let path: readonly Element[] = [];

/** Milliseconds. */
const settling = 1_000;
const inDialog = '[role="dialog"], [role="alertdialog"]';
const reachable = 'a[href], button:not([disabled]), input:not([disabled]), select, textarea, [tabindex="0"]';

/**
 * Where the focus goes with a dialog, beyond what the dialog itself does. A question starts at its first field or its
 * first answer, which is the harmless one. What opened a dialog may be gone when it closes: then the focus goes to what
 * stands nearest to its place (WAI-ARIA Authoring Practices, dialog), never to nowhere.
 */
export function useDialogFocus(form: Readonly<Ref<HTMLElement | null>>, answers: Readonly<Ref<HTMLElement | null>>) {
  noteOpener();

  return {
    start(event: Event): void {
      const first =
        form.value?.querySelector<HTMLElement>('input, select, textarea') ?? answers.value?.querySelector('button');
      if (!first) return;
      event.preventDefault();
      first.focus();
    },
    /**
     * Once the dialog has done what it does by itself; what the act changes may be drawn anew after that, and take the
     * focus along.
     */
    end(): void {
      const until = performance.now() + settling;
      const look = () => {
        if (document.activeElement === document.body && !document.querySelector(inDialog)) nearest()?.focus();
        if (performance.now() < until) requestAnimationFrame(look);
      };
      setTimeout(look);
    },
  };
}

/** For what opens over the page and may hold dialogs of its own; the place on the page counts, not one inside of it. */
export function noteOpener(): void {
  const opener = document.activeElement;
  if (opener && opener !== document.body && !opener.closest(inDialog)) path = pathOf(opener);
}

function pathOf(element: Element): Element[] {
  const found: Element[] = [];
  for (let each: Element | null = element; each && each.localName !== 'main'; each = each.parentElement)
    found.push(each);
  return found;
}

/** The heading of the section, where it can take the focus; else a control. */
function nearest(): HTMLElement | null {
  const there = path.filter(({ isConnected }) => isConnected);
  const home = there.find(({ localName }) => localName === 'section')?.querySelector<HTMLElement>('h2[tabindex="-1"]');
  if (home) return home;
  for (const each of there) {
    const control = [...each.querySelectorAll<HTMLElement>(reachable)].find((one) => one.checkVisibility());
    if (control) return control;
  }
  return document.querySelector('main h1');
}
