// A recording with its loudness: customer and agent apart, pauses marked; keys and pointer move within it.
import { DownloadOutlined, PauseCircleOutlined, PlayCircleOutlined } from '@ant-design/icons';
import { Button, Flex, Select, Slider, Typography } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Mark } from '@/app/Mark';
import type { Schemas } from '@/app/me';
import { clock } from '@/lib/format';
import { series } from '@/theme/tokens';
import { bars } from './peaks';

const HEIGHT = 36;
const SPEEDS = [0.75, 1, 1.25, 1.5, 2];

export function Player({ playback }: { readonly playback: Schemas['Playback'] }) {
  const { t } = useTranslation('contacts');
  const sound = useRef<HTMLAudioElement>(null);
  const [at, setAt] = useState(0);
  const [playing, setPlaying] = useState(false);
  const length = playback.duration_s || 1;
  const seek = (seconds: number) => {
    if (sound.current) sound.current.currentTime = seconds;
    setAt(seconds);
  };
  const toggle = () => void (playing ? sound.current?.pause() : sound.current?.play());
  return (
    <section aria-label={t('sound.player')}>
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- there is no transcript of a call */}
      <audio
        ref={sound}
        src={playback.url}
        preload="metadata"
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onTimeUpdate={() => setAt(sound.current?.currentTime ?? 0)}
      />
      {playback.peaks.map((peaks, channel) => (
        <Wave
          key={channel}
          peaks={peaks}
          channel={channel}
          played={at / length}
          pauses={playback.pauses}
          length={length}
        />
      ))}
      <Slider
        ariaLabelForHandle={t('sound.place')}
        min={0}
        max={length}
        step={0.1}
        value={Math.min(at, length)}
        onChange={seek}
        tooltip={{ formatter: (value) => clock(value ?? 0) }}
      />
      <Flex gap={8} align="center" wrap>
        <Button
          icon={playing ? <PauseCircleOutlined /> : <PlayCircleOutlined />}
          aria-label={t(playing ? 'sound.pause' : 'sound.play')}
          onClick={toggle}
        />
        <Typography.Text>
          {clock(at)} / {clock(playback.duration_s)}
        </Typography.Text>
        <Select
          size="small"
          aria-label={t('sound.speed')}
          defaultValue={1}
          options={SPEEDS.map((value) => ({ value, label: `${value}×` }))}
          onChange={(speed: number) => sound.current && (sound.current.playbackRate = speed)}
          style={{ width: 80 }}
        />
        {playback.pauses.length > 0 && (
          <Typography.Text type="secondary">
            {t('sound.pauses', { count: playback.pauses.length })}
          </Typography.Text>
        )}
        {playback.held && <Mark tone="warning">{t('legal.on')}</Mark>}
        <Typography.Link href={playback.url} download>
          <DownloadOutlined aria-hidden /> {t('sound.download')}
        </Typography.Link>
      </Flex>
    </section>
  );
}

interface WaveGiven {
  readonly peaks: string;
  readonly channel: number;
  /** How much of it was played, 0 to 1. */
  readonly played: number;
  readonly pauses: Schemas['Playback']['pauses'];
  readonly length: number;
}

function Wave({ peaks, channel, played, pauses, length }: WaveGiven) {
  const { t } = useTranslation('contacts');
  const loud = bars(peaks);
  const [side, color] = channel === 0 ? (['customer', series[0]] as const) : (['agent', series[1]] as const);
  return (
    <Flex gap={8} align="center">
      <Typography.Text type="secondary" style={{ width: 64, fontSize: 12 }}>
        {t(side)}
      </Typography.Text>
      <svg
        viewBox={`0 0 ${loud.length} 2`}
        preserveAspectRatio="none"
        aria-hidden
        style={{ flex: 1, height: HEIGHT }}
      >
        {loud.map((value, index) => (
          <rect
            // oxlint-disable-next-line react/no-array-index-key -- a bar is its place
            key={index}
            x={index + 0.1}
            y={1 - value}
            width={0.8}
            height={Math.max(2 * value, 0.04)}
            fill={color}
            opacity={index / loud.length < played ? 1 : 0.4}
          />
        ))}
        {pauses.map((pause) => (
          <rect
            key={pause.at_s}
            x={(pause.at_s / length) * loud.length}
            y={0}
            width={0.6}
            height={2}
            fill={series[4]}
          />
        ))}
      </svg>
    </Flex>
  );
}
