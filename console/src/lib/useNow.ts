import { useEffect, useState } from 'react';
import { serverNow } from '@/api/clock';

/** The server's time in milliseconds, again and again while shown. */
export function useNow(eachMs = 250): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), eachMs);
    return () => clearInterval(timer);
  }, [eachMs]);
  return now;
}
