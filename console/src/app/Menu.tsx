import { useQuery } from '@tanstack/react-query';
import { Link, useRouterState } from '@tanstack/react-router';
import { Layout, Menu as AntMenu } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { demo } from '@/features/sim/carrier';
import { useMay, useMe } from './me';
import { isFor, screens, type MenuGroup, type Screen } from './screens';

const GROUPS: readonly MenuGroup[] = ['work', 'watch', 'setUp', 'learn', 'business', 'operator'];
const NARROW = 1366;

type Shown = Screen & { readonly menu: NonNullable<Screen['menu']> };

/** Whether the telephone network is simulated here. */
export function useSimulated(): boolean {
  const { data } = useQuery({
    queryKey: ['simulated'],
    staleTime: Infinity,
    queryFn: async () => (await demo()).number !== undefined,
  });
  return data ?? false;
}

/** The screens that the person may see, in the order of the table. */
export function useShownScreens(): readonly Shown[] {
  const may = useMay();
  const { me } = useMe();
  const simulated = useSimulated();
  return screens.filter(
    (one): one is Shown =>
      one.menu !== undefined &&
      isFor(one, may) &&
      (one.menu.of?.some(may) ?? true) &&
      (!one.operator || me?.operator === true) &&
      (!one.local || simulated),
  );
}

/** The screen of the menu that the address is at, or below. */
export function useCurrent(): Shown | undefined {
  const path = useRouterState({ select: (state) => state.location.pathname });
  return useShownScreens().find((one) => path === one.path || path.startsWith(`${one.path}/`));
}

export function Menu() {
  const { t } = useTranslation();
  const shown = useShownScreens();
  const current = useCurrent()?.path;
  const [narrow, setNarrow] = useState(window.innerWidth < NARROW);
  const items = GROUPS.flatMap((group) => {
    const inside = shown.filter((one) => one.menu.group === group);
    if (inside.length === 0) return [];
    const children = inside.map(({ path: to, menu: { icon: Icon, name } }) => ({
      key: to,
      icon: <Icon />,
      label: <Link to={to}>{t(name as never)}</Link>,
    }));
    return [{ key: group, type: 'group' as const, label: narrow ? '' : t(`groups.${group}`), children }];
  });
  return (
    <Layout.Sider
      width={184}
      collapsedWidth={56}
      collapsible
      collapsed={narrow}
      onCollapse={setNarrow}
      theme="light"
      style={{ overflow: 'auto', borderRight: '1px solid var(--ant-color-border-secondary)' }}
    >
      <nav aria-label={t('menu')}>
        <AntMenu
          mode="inline"
          items={items}
          selectedKeys={current ? [current] : []}
          style={{ borderInlineEnd: 0 }}
        />
      </nav>
    </Layout.Sider>
  );
}
