import { frameworkMPlugin } from '@framework-m/vite-plugin/webpack'
import MiniCssExtractPlugin from 'mini-css-extract-plugin'

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
  },
  resolve: { extensions: ['.tsx', '.ts', '.js'] },
  module: {
    rules: [
      { test: /\.tsx?$/, loader: 'swc-loader', options: swc },
      {
        test: /\.css$/,
        use: [
          MiniCssExtractPlugin.loader,
          { loader: 'css-loader', options: { modules: { auto: true, namedExport: false } } },
        ],
      },
    ],
  },
  plugins: [
    frameworkMPlugin(),
    new MiniCssExtractPlugin({
      filename: 'assets/[name]-[contenthash:8].css',
      chunkFilename: 'assets/[name]-[contenthash:8].css',
    }),
  ],
}
