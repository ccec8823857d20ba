import jwt from '@fastify/jwt'
import bcrypt from 'bcrypt'
import Fastify from 'fastify'
import { openDatabase } from './database.js'

// Compared with when there is no such user, so that both answers take as long.
const nobody = bcrypt.hash('nobody', 10)

const text = { type: 'string' }

const loginSchema = {
  body: {
    type: 'object',
    required: ['email', 'password'],
    properties: { email: text, password: text }
  },
  response: {
    200: { type: 'object', properties: { token: text } }
  }
}

const meSchema = {
  response: {
    200: { type: 'object', properties: { id: { type: 'integer' }, email: text, name: text } }
  }
}

const guardedSchema = {
  response: {
    200: { type: 'object', properties: { ok: { type: 'boolean' } } }
  }
}

export function buildApp (folder, secret) {
  const database = openDatabase(folder)
  const byEmail = database.prepare('select id, password_hash from users where email = ?')
  const byId = database.prepare('select id, email, name from users where id = ?')

  const app = Fastify()
  app.addHook('onClose', () => database.close())
  app.register(jwt, {
    secret,
    sign: { algorithm: 'HS256', expiresIn: '1h' },
    verify: { algorithms: ['HS256'] }
  })

  const authenticate = request => request.jwtVerify()

  app.post('/login', { schema: loginSchema }, async (request, reply) => {
    const user = byEmail.get(request.body.email.toLowerCase())
    const matches = await bcrypt.compare(request.body.password, user?.password_hash ?? await nobody)
    if (!user || !matches) return reply.code(401).send({ message: 'Wrong e-mail or password' })
    return { token: app.jwt.sign({ sub: String(user.id) }) }
  })

  app.get('/me', { schema: meSchema, onRequest: authenticate }, async (request, reply) => {
    const user = byId.get(Number(request.user.sub))
    return user ?? reply.code(401).send({ message: 'No such user' })
  })

  app.get('/guarded', { schema: guardedSchema, onRequest: authenticate }, async () => ({ ok: true }))

  return app
}
