import { Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Amount } from '@/app/Amount';
import { Group } from '@/app/Group';
import { NamedNumbers } from '../NamedNumbers';

const RULES = ['any', 'prefer', 'require'] as const;
const LANGUAGE_SKILLS = { english: 'language:en', chinese: 'language:zh' };
const PRIORITY_LIMIT = 900;
const NOBODY = { dissatisfied: -1, promoter: 101 };

/** How customers are treated of whom something is known. */
export function TreatmentFields() {
  const { t } = useTranslation('setup');
  const rule = Form.useWatch<(typeof RULES)[number]>(['treatment', 'language']);
  const outcomes = Form.useWatch<readonly string[]>('dispositions') ?? [];
  const tiers = {
    name: t('queues.tier'),
    number: t('queues.priority'),
    add: t('queues.addTier'),
    remove: t('queues.removeTier'),
  };
  return (
    <Group title={t('queues.treatment')} of={['treatment']}>
      <Form.Item
        name={['treatment', 'tier_priority']}
        label={t('queues.tiers')}
        extra={t('queues.tiersHelp')}
      >
        <NamedNumbers most={PRIORITY_LIMIT} start={100} words={tiers} />
      </Form.Item>
      <Form.Item
        name={['treatment', 'language']}
        label={t('queues.speaks')}
        extra={t('queues.speaksHelp', LANGUAGE_SKILLS)}
      >
        <Select options={RULES.map((value) => ({ value, label: t(`queues.speaksRules.${value}`) }))} />
      </Form.Item>
      {rule === 'require' && (
        <Amount
          name={['treatment', 'language_s']}
          label={t('queues.speaksFor')}
          help={t('queues.speaksForHelp')}
          unit="seconds"
          least={0}
          most={3600}
        />
      )}
      <Amount
        name={['treatment', 'last_agent_s']}
        label={t('queues.lastAgent')}
        help={t('queues.lastAgentHelp')}
        unit="seconds"
        least={0}
        most={600}
      />
      <Scores />
      <Form.Item
        name={['treatment', 'complaints']}
        label={t('queues.complaints')}
        extra={t('queues.complaintsHelp')}
      >
        <Select mode="tags" options={outcomes.map((value) => ({ value, label: value }))} />
      </Form.Item>
    </Group>
  );
}

function Scores() {
  const { t } = useTranslation('setup');
  const promoterAt = Form.useWatch<number>(['treatment', 'promoter_at']);
  return (
    <>
      <Amount
        name={['treatment', 'dissatisfied_at']}
        label={t('queues.dissatisfied')}
        help={t('queues.dissatisfiedHelp')}
        least={0}
        most={100}
        empty={NOBODY.dissatisfied}
      />
      <Amount
        name={['treatment', 'promoter_at']}
        label={t('queues.promoter')}
        help={t('queues.promoterHelp')}
        least={0}
        most={100}
        empty={NOBODY.promoter}
      />
      {promoterAt !== undefined && promoterAt !== NOBODY.promoter && (
        <Amount
          name={['treatment', 'promoter_priority']}
          label={t('queues.promoterPriority')}
          help={t('queues.priorityHelp')}
          least={0}
          most={PRIORITY_LIMIT}
        />
      )}
    </>
  );
}
