/// <reference types="vitest/config" />
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const api = process.env.OFFHOOK_URL ?? 'http://127.0.0.1:8080';
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
  test: { environment: 'jsdom', setupFiles: ['./src/test.setup.ts'], css: false },
});
