// What holds for the whole company: listening in, recording, keeping, calling out, its data, its owner, its end.
import { useIsFetching } from '@tanstack/react-query';
import { Link, useRouterState } from '@tanstack/react-router';
import { Col, Flex, Row } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '@/api/client';
import { useMay } from '@/app/me';
import { Page } from '@/app/Page';
import { Closing } from './Closing';
import { Countries } from './Countries';
import { Exports } from './Exports';
import { Ownership } from './Ownership';
import { Recording } from './recording/Recording';
import { Retention } from './Retention';
import { Supervision } from './Supervision';

/** In the order of the screen; name: what the address calls it, and no field of a form; permission: who may see it. */
const SECTIONS = [
  { name: 'supervision', permission: 'routing.read', Inside: Supervision },
  { name: 'keeping', permission: 'person.erase', Inside: Retention },
  { name: 'countries', permission: 'numbers.read', Inside: Countries },
  { name: 'exports', permission: 'tenant.export', Inside: Exports },
  { name: 'ownership', permission: 'ownership.transfer', Inside: Ownership },
  { name: 'closing', permission: 'tenant.close', Inside: Closing },
  { name: 'recording', permission: 'routing.read', Inside: Recording, wide: true },
] as const;

export default function Settings() {
  const { t } = useTranslation('settings');
  const may = useMay();
  const shown = SECTIONS.filter((one) => may(one.permission));
  useArrival();
  return (
    <Page title={t('title')}>
      <Flex component="nav" aria-label={t('contents')} gap="4px 16px" wrap>
        {shown.map(({ name }) => (
          <Link key={name} to="/settings" hash={name}>
            {t(`${name}.title`)}
          </Link>
        ))}
      </Flex>
      <Row gutter={[12, 12]}>
        {shown.map(({ name, Inside, ...rest }) => (
          <Col key={name} id={name} xs={24} lg={'wide' in rest ? 24 : 12}>
            <Inside />
          </Col>
        ))}
      </Row>
    </Page>
  );
}

/** Whoever comes by a link to a section is brought there when everything above it has its size. */
function useArrival(): void {
  const section = useRouterState({ select: (state) => state.location.hash });
  const fetching = useIsFetching();
  const there = useRef(false);
  useEffect(() => {
    if (there.current || fetching > 0 || queries.isFetching() > 0) return;
    there.current = true;
    if (section) document.getElementById(section)?.scrollIntoView();
  }, [fetching, section]);
}
