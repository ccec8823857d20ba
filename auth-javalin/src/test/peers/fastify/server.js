import cluster from 'node:cluster'
import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { buildApp } from './app.js'
import { fillDatabase } from './database.js'

const { values: options } = parseArgs({
  options: {
    port: { type: 'string' },
    users: { type: 'string' },
    data: { type: 'string' },
    processes: { type: 'string', default: '1' }
  }
})
const processes = Number(options.processes)

async function serve (secret) {
  const app = buildApp(options.data, secret)
  const address = await app.listen({ host: '127.0.0.1', port: Number(options.port) })
  process.on('SIGTERM', async () => {
    await app.close()
    process.exit(0)
  })
  return address
}

function newSecret () {
  return randomBytes(32).toString('base64')
}

if (cluster.isWorker) {
  await serve(process.env.TOKEN_SECRET)
} else {
  fillDatabase(options.data, options.users)
  if (processes === 1) {
    console.log(`Listening on ${await serve(newSecret())}`)
  } else {
    const environment = { TOKEN_SECRET: newSecret() }
    let listening = 0
    let stopping = false
    cluster.on('listening', (worker, { port }) => {
      listening += 1
      if (listening === processes) console.log(`Listening on http://127.0.0.1:${port}`)
    })
    cluster.on('exit', () => {
      if (stopping) return
      if (listening < processes) process.exit(1)
      cluster.fork(environment)
    })
    process.on('SIGTERM', () => {
      stopping = true
      for (const worker of Object.values(cluster.workers)) worker.process.kill('SIGTERM')
    })
    for (let i = 0; i < processes; i++) cluster.fork(environment)
  }
}
