create table if not exists users (
  id integer primary key,
  email text not null unique,
  password_hash text not null,
  name text not null
);
