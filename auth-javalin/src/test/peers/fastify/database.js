import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'

export function openDatabase (folder) {
  const database = new Database(join(folder, 'peer.db'))
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = NORMAL')
  return database
}

export function fillDatabase (folder, file) {
  const database = openDatabase(folder)
  database.exec(`create table if not exists users (
    id integer primary key,
    email text not null unique,
    password_hash text not null,
    name text not null
  )`)
  const insert = database.prepare(`insert into users (email, password_hash, name) values (?, ?, ?)
    on conflict (email) do update set password_hash = excluded.password_hash`)
  database.transaction(() => {
    for (const line of readFileSync(file, 'utf8').split(/\r?\n/)) {
      if (line === '') continue
      const [address, hash] = line.split('\t')
      const email = address.toLowerCase()
      insert.run(email, hash, email.split('@')[0])
    }
  })()
  database.close()
}
