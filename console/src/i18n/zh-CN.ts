// All Chinese strings, loaded when somebody reads Chinese.
import permissions from '@/app/permissions.zh-CN';
import app from '@/app/strings.zh-CN';
import codes from './codes.zh-CN';
import refusals from './refusals.zh-CN';
import acts from '@/features/business/acts.zh-CN';
import business from '@/features/business/strings.zh-CN';
import callbacks from '@/features/callbacks/strings.zh-CN';
import connectors from '@/features/setup/connectors/strings.zh-CN';
import contacts from '@/features/contacts/strings.zh-CN';
import customers from '@/features/customers/strings.zh-CN';
import desk from '@/features/desk/strings.zh-CN';
import floor from '@/features/floor/strings.zh-CN';
import flows from '@/features/flows/strings.zh-CN';
import numbers from '@/features/setup/numbers/strings.zh-CN';
import publicPages from '@/features/public/strings.zh-CN';
import mine from '@/features/mine/strings.zh-CN';
import operator from '@/features/operator/strings.zh-CN';
import reports from '@/features/reports/strings.zh-CN';
import session from '@/features/session/strings.zh-CN';
import settings from '@/features/settings/strings.zh-CN';
import setup from '@/features/setup/strings.zh-CN';
import sim from '@/features/sim/strings.zh-CN';
import welcome from '@/features/welcome/strings.zh-CN';
import wallboards from '@/features/wallboards/strings.zh-CN';

const zh = {
  acts,
  app,
  business,
  callbacks,
  codes,
  connectors,
  contacts,
  customers,
  desk,
  floor,
  flows,
  public: publicPages,
  mine,
  numbers,
  operator,
  permissions,
  refusals,
  reports,
  session,
  settings,
  setup,
  sim,
  welcome,
  wallboards,
};
export default zh;
