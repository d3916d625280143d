export * from 'vite'
