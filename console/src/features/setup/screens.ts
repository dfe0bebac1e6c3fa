import {
  ApartmentOutlined,
  ClockCircleOutlined,
  FieldTimeOutlined,
  NumberOutlined,
  NotificationOutlined,
  SmileOutlined,
  StopOutlined,
  StarOutlined,
  TeamOutlined,
  UnorderedListOutlined,
  UserOutlined,
  SolutionOutlined,
} from '@ant-design/icons';
import type { Screen } from '@/app/screens';
import { readNumbers, readScreening } from './filters';

/** Agents read the names of queues and skills on their screens; how these are set up is for who leads, or looks into figures. */
const LEADING = ['routing.write', 'agents.read'];

export const setupScreens: readonly Screen[] = [
  {
    path: '/queues',
    load: () => import('./Queues'),
    permission: 'routing.read',
    key: 'q',
    menu: { group: 'setUp', name: 'setup:queues.title', icon: UnorderedListOutlined, of: LEADING },
  },
  {
    path: '/profiles',
    load: () => import('./Profiles'),
    permission: 'routing.read',
    menu: { group: 'setUp', name: 'setup:profiles.title', icon: ApartmentOutlined, of: LEADING },
  },
  {
    path: '/people',
    load: () => import('./People'),
    permission: 'people.read',
    key: 'p',
    menu: { group: 'setUp', name: 'setup:people.title', icon: UserOutlined },
  },
  {
    path: '/agents',
    load: () => import('./Agents'),
    permission: 'people.read',
    menu: { group: 'setUp', name: 'setup:agents.title', icon: SolutionOutlined },
  },
  {
    path: '/skills',
    load: () => import('./SkillsOverview'),
    permission: 'routing.read',
    menu: { group: 'setUp', name: 'setup:skills', icon: StarOutlined, of: LEADING },
  },
  {
    path: '/teams',
    load: () => import('./Teams'),
    permission: 'people.read',
    menu: { group: 'setUp', name: 'setup:teams.title', icon: TeamOutlined },
  },
  {
    path: '/numbers',
    load: () => import('./numbers/Numbers'),
    permission: 'numbers.read',
    key: 'n',
    search: readNumbers,
    menu: { group: 'setUp', name: 'numbers:title', icon: NumberOutlined },
  },
  {
    path: '/screening',
    load: () => import('./screening/Screening'),
    permission: 'flows.read',
    search: readScreening,
    menu: { group: 'setUp', name: 'setup:screening.title', icon: StopOutlined },
  },
  {
    path: '/incidents',
    load: () => import('./incidents/Incidents'),
    permission: 'routing.read',
    menu: { group: 'work', name: 'setup:incidents.title', icon: NotificationOutlined },
  },
  {
    path: '/hours',
    load: () => import('./Hours'),
    permission: 'flows.read',
    key: 'h',
    menu: { group: 'setUp', name: 'setup:hours.title', icon: ClockCircleOutlined },
  },
  {
    path: '/surveys',
    load: () => import('./Surveys'),
    permission: 'surveys.read',
    key: 's',
    menu: { group: 'setUp', name: 'setup:surveys.title', icon: SmileOutlined },
  },
  {
    path: '/retention-classes',
    load: () => import('./RetentionClasses'),
    permission: 'routing.read',
    menu: { group: 'setUp', name: 'setup:retention.title', icon: FieldTimeOutlined, of: LEADING },
  },
];
