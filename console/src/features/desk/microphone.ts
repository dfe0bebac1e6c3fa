// What the microphone hears, as a level from 0 to 1, until nobody wants to know any more.
export interface Hearing {
  readonly state: 'asking' | 'open' | 'refused' | 'none';
  readonly level: number;
  readonly name: string;
}

const nothing = () => {};
const EACH_MS = 100;

/** Tells the level again and again; the answer stops it and gives the microphone back. */
export function listenTo(tell: (hearing: Hearing) => void): () => void {
  let stopped = false;
  let close = nothing;
  const media = navigator.mediaDevices;
  if (!media) tell({ state: 'none', level: 0, name: '' });
  else
    media.getUserMedia({ audio: true }).then(
      (stream) => {
        if (stopped) return release(stream);
        close = measure(stream, tell);
      },
      (error: unknown) => stopped || tell({ state: refusal(error), level: 0, name: '' }),
    );
  return () => {
    stopped = true;
    close();
  };
}

/** The level of samples from -1 to 1: their root mean square, where speech is about 0.5. */
export function levelOf(samples: Float32Array): number {
  const mean = samples.reduce((sum, one) => sum + one * one, 0) / Math.max(1, samples.length);
  return Math.min(1, Math.sqrt(mean) * 4);
}

export const refusal = (error: unknown): 'refused' | 'none' =>
  error instanceof DOMException && ['NotAllowedError', 'SecurityError'].includes(error.name)
    ? 'refused'
    : 'none';

function measure(stream: MediaStream, tell: (hearing: Hearing) => void): () => void {
  const audio = new AudioContext();
  const analyser = audio.createAnalyser();
  analyser.fftSize = 1024;
  audio.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const name = stream.getAudioTracks()[0]?.label ?? '';
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    tell({ state: 'open', level: levelOf(samples), name });
  }, EACH_MS);
  return () => {
    clearInterval(timer);
    release(stream);
    void audio.close();
  };
}

function release(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
