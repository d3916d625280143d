import { frameworkMPlugin } from '@framework-m/vite-plugin/rspack'

const typescript = { syntax: 'typescript', tsx: true }
const swc = { jsc: { parser: typescript, transform: { react: { runtime: 'automatic' } }, target: 'es2022' } }

export default {
  mode: 'production',
  entry: './src/main.tsx',
  output: {
    clean: true,
    publicPath: '/',
    filename: 'assets/[name]-[contenthash:8].js',
    chunkFilename: 'assets/[name]-[contenthash:8].js',
    cssFilename: 'assets/[name]-[contenthash:8].css',
    cssChunkFilename: 'assets/[name]-[contenthash:8].css',
  },
  resolve: { extensions: ['.tsx', '.ts', '.js'] },
  module: {
    rules: [
      { test: /\.tsx?$/, loader: 'builtin:swc-loader', options: swc, type: 'javascript/auto' },
      { test: /\.css$/, type: 'css/auto' },
    ],
    parser: { 'css/auto': { namedExports: false } },
  },
  plugins: [frameworkMPlugin()],
}
