export { default } from '@vitejs/plugin-react'
