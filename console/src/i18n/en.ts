// All English strings, by the feature that owns them.
import permissions from '@/app/permissions.en';
import app from '@/app/strings.en';
import codes from './codes.en';
import refusals from './refusals.en';
import acts from '@/features/business/acts.en';
import business from '@/features/business/strings.en';
import callbacks from '@/features/callbacks/strings.en';
import connectors from '@/features/setup/connectors/strings.en';
import contacts from '@/features/contacts/strings.en';
import customers from '@/features/customers/strings.en';
import desk from '@/features/desk/strings.en';
import floor from '@/features/floor/strings.en';
import flows from '@/features/flows/strings.en';
import numbers from '@/features/setup/numbers/strings.en';
import publicPages from '@/features/public/strings.en';
import mine from '@/features/mine/strings.en';
import operator from '@/features/operator/strings.en';
import reports from '@/features/reports/strings.en';
import session from '@/features/session/strings.en';
import settings from '@/features/settings/strings.en';
import setup from '@/features/setup/strings.en';
import sim from '@/features/sim/strings.en';
import welcome from '@/features/welcome/strings.en';
import wallboards from '@/features/wallboards/strings.en';

const en = {
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
export default en;
export type Strings = typeof en;
