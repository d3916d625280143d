import { webStorage } from '@framework-m/plugin-sdk'
import { hydrateRoot } from 'react-dom/client'
import { createBrowserRouter } from 'react-router'
import { RouterProvider } from 'react-router/dom'
import { open, routes, Shell } from './shell'

const root = document.getElementById('root')
if (!root) throw new Error('server.html has no element with the id "root"')

const ada = { name: 'Ada', role: 'clerk', grants: ['stock:read', 'stock:adjust'] } as const
const registry = await open(ada, webStorage(sessionStorage))
const router = createBrowserRouter(routes(registry))
hydrateRoot(
  root,
  <Shell registry={registry}>
    <RouterProvider router={router} />
  </Shell>,
)
