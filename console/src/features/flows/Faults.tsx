// What keeps the draft from being published; choosing one brings its step into view.
import { Alert, Card, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { nodeOf } from './document';
import { useEditor } from './editor';
import { usePlaces } from './places';
import type { Fault } from './useDraft';

interface Given {
  readonly faults: readonly Fault[];
  /** The draft changed since it was checked. */
  readonly stale: boolean;
  readonly show: (id: string) => void;
}

export function Faults({ faults, stale, show }: Given) {
  const { t, i18n } = useTranslation('flows');
  const places = usePlaces(useEditor().document);
  const words = (fault: Fault) =>
    i18n.exists(`rules.${fault.code}`, { ns: 'flows' })
      ? t(`rules.${fault.code}` as 'rules.dead_end')
      : fault.detail;
  if (faults.length === 0)
    return (
      <Alert type={stale ? 'info' : 'success'} showIcon title={t(stale ? 'checkedOnSave' : 'noProblems')} />
    );
  return (
    <Card size="small" className="faults" title={`${t('problems')} (${faults.length})`}>
      {stale && <Typography.Text type="secondary">{t('checkedOnSave')}</Typography.Text>}
      <ul aria-label={t('problems')}>
        {faults.map((fault) => {
          const id = nodeOf(fault.path);
          const where = places.where(fault.path);
          return (
            <li key={fault.path + fault.code}>
              <button type="button" className="option" onClick={() => id && show(id)}>
                <strong>{places.step(fault.path)}</strong> {words(fault)}
                {where && <span className="where"> {where}</span>}
              </button>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
