import { frameworkMPlugin } from '@framework-m/vite-plugin/rolldown'
import { css } from './css.js'

export default {
  input: 'src/main.tsx',
  output: {
    dir: 'dist',
    entryFileNames: 'assets/[name]-[hash].js',
    chunkFileNames: 'assets/[name]-[hash].js',
    minify: true,
  },
  transform: { define: { 'process.env.NODE_ENV': '"production"' } },
  plugins: [frameworkMPlugin(), css()],
}
