import { PluginProvider, PluginRegistry, PluginRoutes } from '@framework-m/plugin-sdk'
import { createRoot } from 'react-dom/client'
import { MemoryRouter } from 'react-router'
import { expect, onTestFinished, test, vi } from 'vitest'
import plugin from './plugin.config'

test('the stock list shows what is low', async () => {
  const element = document.body.appendChild(document.createElement('div'))
  const root = createRoot(element)
  onTestFinished(() => root.unmount())
  root.render(
    <PluginProvider registry={new PluginRegistry()} plugins={[plugin]}>
      <MemoryRouter initialEntries={['/wms/stock']}>
        <PluginRoutes />
      </MemoryRouter>
    </PluginProvider>,
  )
  await vi.waitFor(() => expect(element.textContent).toContain('A-100 4 pcs low'))
})
