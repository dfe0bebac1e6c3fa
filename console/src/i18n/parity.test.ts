import { describe, expect, it } from 'vitest';
import en from './en';
import zh from './zh-CN';

type Tree = { readonly [key: string]: string | Tree };

function leaves(tree: Tree, at = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[at + key, value]] : leaves(value, `${at}${key}.`),
  );
}

const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((one) => one[1]).sort();

describe('the two languages', () => {
  const [english, chinese] = [new Map(leaves(en)), new Map(leaves(zh))];

  it('have the same keys', () => {
    expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('fill in the same values', () => {
    for (const [key, text] of english)
      expect([key, placeholders(chinese.get(key) ?? '')]).toEqual([key, placeholders(text)]);
  });

  it('leave no English in Chinese but names', () => {
    const NAMES =
      /Offhook|E-?mail|CSV|TOTP|API|JSON|URL|ID|SLA|VIP|MFA|PIN|SIP|Webhook|HTTPS?|CRM|NPS|CSAT|CES|AHT|ASA|FCR|Excel|IVR|WAV|MP3|PUT|Stripe|Twilio|CDR|GET|POST|erase|PDF|ZIP|SHA|Alt|Shift|Ctrl/g;
    const left = [...chinese].filter(([, text]) =>
      /[A-Za-z]{3,}/.test(text.replace(/\{\{\w+\}\}/g, '').replace(NAMES, '')),
    );
    expect(left).toEqual([]);
  });
});
