import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import bcrypt from 'bcrypt'
import { betterAuth } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'
import { fromNodeHeaders, toNodeHandler } from 'better-auth/node'
import { bearer } from 'better-auth/plugins/bearer'
import Database from 'better-sqlite3'

const { values: options } = parseArgs({
  options: {
    port: { type: 'string' },
    users: { type: 'string' },
    data: { type: 'string' }
  }
})

const server = createServer()
server.listen(Number(options.port), '127.0.0.1')
await once(server, 'listening')
const baseURL = `http://127.0.0.1:${server.address().port}`

const database = new Database(join(options.data, 'peer.db'))
database.pragma('journal_mode = WAL')
database.pragma('synchronous = NORMAL')

const auth = betterAuth({
  baseURL,
  secret: randomBytes(32).toString('base64'),
  database,
  emailAndPassword: {
    enabled: true,
    password: {
      hash: password => bcrypt.hash(password, 10),
      verify: ({ hash, password }) => bcrypt.compare(password, hash)
    }
  },
  plugins: [bearer()],
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  logger: { disabled: true }
})

const { runMigrations } = await getMigrations(auth.options)
await runMigrations()
fillDatabase(options.users)

function fillDatabase (file) {
  const insertUser = database.prepare(`insert into user (id, name, email, emailVerified, createdAt, updatedAt)
    values (?, ?, ?, 1, ?, ?)`)
  const insertAccount = database.prepare(`insert into account (id, accountId, providerId, userId, password, createdAt, updatedAt)
    values (?, ?, 'credential', ?, ?, ?, ?)`)
  const now = new Date().toISOString()
  database.transaction(() => {
    for (const line of readFileSync(file, 'utf8').split(/\r?\n/)) {
      if (line === '') continue
      const [address, hash] = line.split('\t')
      const email = address.toLowerCase()
      const id = randomUUID()
      insertUser.run(id, email.split('@')[0], email, now, now)
      insertAccount.run(randomUUID(), id, id, hash, now, now)
    }
  })()
}

// The library's own route for the session answers 200 and null without one.
async function me (request, response) {
  const session = await auth.api.getSession({ headers: fromNodeHeaders(request.headers) })
  const { id, email, name } = session?.user ?? {}
  response.statusCode = session ? 200 : 401
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify(session ? { id, email, name } : { message: 'Not logged in' }))
}

const authHandler = toNodeHandler(auth)

server.on('request', (request, response) => {
  if (request.method === 'GET' && request.url === '/me') {
    me(request, response).catch(() => response.writeHead(500).end())
  } else {
    authHandler(request, response)
  }
})

process.on('SIGTERM', () => {
  server.close(() => {
    database.close()
    process.exit(0)
  })
  setTimeout(() => server.closeAllConnections(), 1000).unref()
})

console.log(`Listening on ${baseURL}`)
