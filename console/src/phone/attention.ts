// The ring reaches an agent who looks elsewhere: sound, the tab's title and icon, a notification of the system.
import { light } from '@/theme/tokens';
import { play, RING } from './tones';

const AGAIN_MS = 3000;
const DOT = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="8" r="8" fill="${light.danger}"/></svg>`;
const BADGE = `data:image/svg+xml,${encodeURIComponent(DOT)}`;

/** What a click on the notification does, and what it says of that. */
export interface AtClick {
  readonly words: string;
  readonly act: () => void;
}

/** Calls for attention until stopped. words: what title and notification say; sound: whether this tab rings. */
export function callForAttention(words: string, sound: boolean, atClick: AtClick | null): () => void {
  const title = document.title;
  const icon = document.querySelector<HTMLLinkElement>('link[rel~=icon]');
  const shown = icon?.href;
  let silence = sound ? play(RING) : () => {};
  const called = `● ${words}`;
  document.title = called;
  if (icon) icon.href = BADGE;
  const again = setInterval(() => {
    silence();
    silence = sound ? play(RING) : () => {};
  }, AGAIN_MS);
  const notice = notify(words, atClick);
  return () => {
    clearInterval(again);
    silence();
    if (document.title === called) document.title = title; // another screen may have said its name meanwhile
    if (icon && shown) icon.href = shown;
    notice?.close();
  };
}

/** Asked with the first shift: without it the title and the sound are left. */
export function askForNotices(): void {
  if ('Notification' in globalThis && Notification.permission === 'default')
    void Notification.requestPermission().catch(() => {});
}

/** Also where the page is in sight beside another window: only who is in the page hears of it there. */
function notify(words: string, atClick: AtClick | null): Notification | null {
  if (!('Notification' in globalThis) || Notification.permission !== 'granted' || document.hasFocus())
    return null;
  const body = atClick?.words ?? '';
  const notice = new Notification(words, { tag: 'offhook.ring', requireInteraction: true, body });
  notice.onclick = () => {
    window.focus();
    atClick?.act();
    notice.close();
  };
  return notice;
}
