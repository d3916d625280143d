import { frameworkMPlugin } from '@framework-m/vite-plugin/rollup'
import commonjs from '@rollup/plugin-commonjs'
import { nodeResolve } from '@rollup/plugin-node-resolve'
import replace from '@rollup/plugin-replace'
import esbuild from 'rollup-plugin-esbuild'
import { css } from './css.js'

export default {
  input: 'src/main.tsx',
  output: {
    dir: 'dist',
    entryFileNames: 'assets/[name]-[hash].js',
    chunkFileNames: 'assets/[name]-[hash].js',
  },
  plugins: [
    frameworkMPlugin(),
    nodeResolve({ browser: true, extensions: ['.mjs', '.js', '.ts', '.tsx'] }),
    commonjs(),
    replace({ preventAssignment: true, values: { 'process.env.NODE_ENV': '"production"' } }),
    esbuild({ jsx: 'automatic', minify: true, loaders: { '.json': 'json' } }),
    css(),
  ],
}
