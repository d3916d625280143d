import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App'
import { signIn } from './registry'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no element with the id "root"')

signIn({ name: 'Ada', role: 'clerk', grants: ['stock:read', 'stock:adjust'] })
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
