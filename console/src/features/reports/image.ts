// The chart on the screen as a picture.
import { light } from '@/theme/tokens';

/** Saves what the chart shows now, on white; nothing where there is no chart. */
export function saveImage(name: string): void {
  const drawn = document.querySelector<HTMLCanvasElement>('[data-chart] canvas');
  if (!drawn) return;
  const picture = Object.assign(document.createElement('canvas'), {
    width: drawn.width,
    height: drawn.height,
  });
  const pen = picture.getContext('2d');
  if (!pen) return;
  pen.fillStyle = light.panel;
  pen.fillRect(0, 0, picture.width, picture.height);
  pen.drawImage(drawn, 0, 0);
  Object.assign(document.createElement('a'), {
    href: picture.toDataURL('image/png'),
    download: name,
  }).click();
}
