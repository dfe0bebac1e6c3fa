// A screen behind its permission: the menu hides it, this explains it, the API refuses it.
import { Skeleton } from 'antd';
import { useMe } from './me';
import { NotFound } from './pages';
import { LoadFailed, NoPermission } from './states';
import { isFor, neededFor, type Screen } from './screens';

export function guarded(screen: Screen) {
  return async () => {
    const { default: Inside } = await screen.load();
    function Guarded() {
      const { me, error, refetch } = useMe();
      if (!me && error) return <LoadFailed error={error} again={refetch} />;
      if (!me) return <Skeleton active style={{ padding: 24 }} />;
      if (!isFor(screen, (permission) => me.permissions.includes(permission))) {
        return <NoPermission permission={neededFor(screen)[0] ?? ''} />;
      }
      if (screen.operator && !me.operator) return <NotFound />;
      return <Inside />;
    }
    return { default: Guarded };
  };
}
