// Every colour and measure of the console; no other file holds a colour.
import { theme, type ThemeConfig } from 'antd';

export const light = {
  layout: '#F3F5F7',
  panel: '#FFFFFF',
  border: '#D3D9E0',
  hairline: '#E4E8ED',
  text: '#1B2430',
  secondary: '#4B5766',
  tertiary: '#66717F',
  primary: '#1D5FA8',
  primaryTint: '#E8F1FB',
  available: '#1F7A45',
  availableTint: '#E8F4EC',
  ringing: '#0B6FB8',
  onCall: '#2457C5',
  wrapUp: '#9A5B00',
  wrapUpTint: '#FBF1E0',
  away: '#6A57A8',
  awayTint: '#F0EDF8',
  offline: '#66717F',
  offlineTint: '#EEF1F4',
  danger: '#B8322A',
  dangerTint: '#FBEAE8',
} as const;

export const dark = {
  layout: '#0D131A',
  panel: '#151D26',
  border: '#2E3B49',
  hairline: '#25303C',
  text: '#E8EEF4',
  secondary: '#A9B7C6',
  tertiary: '#8A98A8',
  primary: '#5BA3E6',
  primaryTint: '#1B2C3D',
  available: '#4CC38A',
  availableTint: '#16291F',
  ringing: '#5BB8F0',
  onCall: '#7AA2F7',
  wrapUp: '#E0AF68',
  wrapUpTint: '#2E2617',
  away: '#B39DDB',
  awayTint: '#262133',
  offline: '#8B97A5',
  offlineTint: '#1C2530',
  danger: '#FF7A70',
  dangerTint: '#331B1A',
} as const;

export const series = [
  '#1D5FA8',
  '#C7781A',
  '#1F7A45',
  '#8A4FA3',
  '#B8322A',
  '#0E7A7A',
  '#66717F',
  '#A67C00',
] as const;

export type Palette = { readonly [K in keyof typeof light]: string };

export const fontFamily =
  '-apple-system, "Segoe UI", Inter, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

export const space = { xs: 4, s: 8, m: 12, l: 16, xl: 24, xxl: 32 } as const;

/** Whether less motion is asked for. */
const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;

function themed(p: Palette, algorithm: ThemeConfig['algorithm']): ThemeConfig {
  return {
    algorithm,
    token: {
      fontFamily,
      fontSize: 14,
      borderRadius: 6,
      wireframe: false,
      colorPrimary: p.primary,
      colorPrimaryBg: p.primaryTint,
      colorLink: p.primary,
      colorLinkHover: p.primary, // what is derived is lighter, and too pale on the row that the mouse is on
      colorLinkActive: p.primary,
      linkHoverDecoration: 'underline',
      colorInfo: p.primary,
      colorSuccess: p.available,
      colorWarning: p.wrapUp,
      colorError: p.danger,
      colorInfoBg: p.primaryTint,
      colorInfoBorder: p.primary,
      colorSuccessBg: p.availableTint,
      colorSuccessBorder: p.available,
      colorWarningBg: p.wrapUpTint,
      colorWarningBorder: p.wrapUp,
      colorErrorBg: p.dangerTint,
      colorErrorBorder: p.danger,
      colorText: p.text,
      colorTextSecondary: p.secondary,
      colorTextTertiary: p.tertiary,
      colorTextDescription: p.secondary,
      colorTextPlaceholder: p.tertiary,
      colorBgLayout: p.layout,
      colorBgContainer: p.panel,
      colorBorder: p.border,
      colorBorderSecondary: p.hairline,
      controlHeight: 32,
      controlHeightSM: 24,
      motion: !still, // else what goes would wait for the end of an animation that is none
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.15s',
    },
    components: {
      Button: { defaultHoverColor: p.primary, defaultHoverBorderColor: p.primary },
      Table: { cellPaddingInlineSM: 12, headerBg: p.layout, headerColor: p.secondary },
      Menu: { itemSelectedBg: p.primaryTint, itemHeight: 36, itemBorderRadius: 6 },
      Layout: {
        headerBg: p.panel,
        siderBg: p.panel,
        bodyBg: p.layout,
        headerHeight: 48,
        headerPadding: '0 16px',
      },
    },
  };
}

export const lightTheme = themed(light, [theme.defaultAlgorithm, theme.compactAlgorithm]);
export const darkTheme = themed(dark, [theme.darkAlgorithm, theme.compactAlgorithm]);
