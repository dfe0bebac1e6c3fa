/// <reference types="vitest/config" />
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const api = process.env.OFFHOOK_URL ?? 'http://127.0.0.1:8080';
const TESTS = 'src/**/*.test.{ts,tsx}';
/** Those that put another module in the place of one: each has a process of its own, the others share what they load. */
const ALONE = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.includes('.test.ts') && readFileSync(`src/${name}`, 'utf8').includes('vi.mock('))
  .map((name) => `src/${name}`);

const forwarded = { target: api, ws: true };

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: { target: 'es2022', chunkSizeWarningLimit: 1600, reportCompressedSize: false },
  server: {
    proxy: {
      '/v1': forwarded,
      '/ws': forwarded,
      '/_carrier': forwarded,
      '/_local': forwarded,
      '/_stripe': forwarded,
    },
  },
  test: {
    environment: 'jsdom',
    setupFiles: ['./src/test.setup.ts'],
    css: false,
    pool: 'threads',
    testTimeout: 60_000, // a machine that is busy is no failure
    projects: [
      { extends: true, test: { name: 'together', include: [TESTS], exclude: ALONE, isolate: false } },
      { extends: true, test: { name: 'alone', include: ALONE } },
    ],
  },
});
