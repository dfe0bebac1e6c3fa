// What is heard: the ring, a test tone, an alarm. Made here, so that nothing has to be loaded before it rings.
let context: AudioContext | null = null;

/** To be called from a click: browsers let a page make sound only after one. */
export function unlock(): void {
  context ??= 'AudioContext' in globalThis ? new AudioContext() : null;
  void context?.resume().catch(() => {});
}

/** After a reload nothing says that sound is wanted: the first click or key of the page does. The answer stops waiting for it. */
export function unlockAtFirstTouch(): () => void {
  const kinds = ['pointerdown', 'keydown'] as const;
  const stop = () => kinds.forEach((kind) => document.removeEventListener(kind, touched));
  const touched = () => (unlock(), stop());
  for (const kind of kinds) document.addEventListener(kind, touched);
  return stop;
}

interface Note {
  readonly hertz: readonly number[];
  readonly at: number;
  readonly lasts: number;
}
export const RING: readonly Note[] = [
  { hertz: [440, 480], at: 0, lasts: 0.9 },
  { hertz: [440, 480], at: 1.2, lasts: 0.9 },
];
export const TEST: readonly Note[] = [
  { hertz: [523], at: 0, lasts: 0.25 },
  { hertz: [659], at: 0.3, lasts: 0.25 },
  { hertz: [784], at: 0.6, lasts: 0.4 },
];
export const ALARM: readonly Note[] = [
  { hertz: [880], at: 0, lasts: 0.15 },
  { hertz: [880], at: 0.25, lasts: 0.15 },
  { hertz: [660], at: 0.5, lasts: 0.3 },
];

/** Plays the notes once; silent where the browser does not allow sound yet. */
export function play(notes: readonly Note[], loudness = 0.2): () => void {
  const audio = context;
  if (!audio || audio.state !== 'running') return () => {};
  const gain = audio.createGain();
  gain.gain.value = loudness;
  gain.connect(audio.destination);
  const voices = notes.flatMap(({ hertz, at, lasts }) =>
    hertz.map((one) => {
      const voice = audio.createOscillator();
      voice.frequency.value = one;
      voice.connect(gain);
      voice.start(audio.currentTime + at);
      voice.stop(audio.currentTime + at + lasts);
      return voice;
    }),
  );
  return () => {
    for (const voice of voices) voice.disconnect();
    gain.disconnect();
  };
}
