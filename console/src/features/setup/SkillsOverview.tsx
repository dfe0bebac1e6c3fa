// Every skill: which queues ask for it, which agents have it; whether somebody can take what is asked for.
import { Link } from '@tanstack/react-router';
import { Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { Mark } from '@/app/Mark';
import type { Schemas } from '@/app/me';
import { Page } from '@/app/Page';
import { Loaded, Nothing } from '@/app/states';
import { useThings } from '@/lib/things';
import { skillsOf } from './skills';

type Queue = Schemas['Queue'];
type Agent = Schemas['AgentConfig'];

export default function SkillsOverview() {
  const { t } = useTranslation('setup');
  const queues = useThings<Queue>('/v1/routing/queues');
  const agents = useThings<Agent>('/v1/routing/people');
  const skills = skillsOf(queues.data ?? [], agents.data ?? []);
  return (
    <Page title={t('skills')}>
      <Loaded of={queues.isPending || queues.error ? queues : agents}>
        {() => (
          <Table
            size="small"
            rowKey="skill"
            pagination={false}
            dataSource={[...skills]}
            locale={{ emptyText: <Nothing>{t('skillsOverview.empty')}</Nothing> }}
            columns={[
              { title: t('skill'), dataIndex: 'skill' },
              {
                title: <Link to="/queues">{t('skillsOverview.needed')}</Link>,
                render: (_, one) => one.needed.map(({ name, level }) => `${name} ≥ ${level}`).join(', '),
              },
              {
                title: <Link to="/agents">{t('skillsOverview.had')}</Link>,
                render: (_, one) => one.had.map(({ name, level }) => `${name} ${level}`).join(', '),
              },
              {
                title: t('skillsOverview.state'),
                render: (_, one) =>
                  one.covered ? (
                    <Mark tone="good">{t('skillsOverview.covered')}</Mark>
                  ) : (
                    <Mark tone="warning">{t('skillsOverview.uncovered')}</Mark>
                  ),
              },
            ]}
          />
        )}
      </Loaded>
    </Page>
  );
}
