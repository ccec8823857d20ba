-- The table of django.contrib.auth on PostgreSQL (Django 3.2), and hashes of its make_password.
CREATE TABLE auth_user (
    id serial NOT NULL PRIMARY KEY,
    password varchar(128) NOT NULL,
    last_login timestamp with time zone NULL,
    is_superuser boolean NOT NULL,
    username varchar(150) NOT NULL UNIQUE,
    first_name varchar(150) NOT NULL,
    last_name varchar(150) NOT NULL,
    email varchar(254) NOT NULL,
    is_staff boolean NOT NULL,
    is_active boolean NOT NULL,
    date_joined timestamp with time zone NOT NULL);
INSERT INTO auth_user VALUES
    (7, 'pbkdf2_sha256$260000$suEIX7NJQGsWUswFPKLrG6$6cq0BpfymJNT3LJx+P5koH67pzbcqWqrZso1bRn0DE8=', '2024-02-29 12:00:00+00', false, 'ada', 'Ada', 'Lovelace, Countess', 'ada@example.com', false, true, '2019-05-04 10:11:12.345678+00'),
    (8, '!Xk3UnusablePasswordOfFortyCharacters0123', NULL, false, 'gone', '', '', '', false, false, '2020-01-01 00:00:00+00'),
    (9, 'bcrypt_sha256$$2b$12$zGCcXuNQmkWmWNyqkF063.6iCrx2J4OO.3hD3V8X5Cl8LLh7Rq7/i', NULL, false, 'long@example.com', '', '', '', false, true, '2020-01-01 00:00:00+00'),
    (11, '93db9b75e813f1474700052c68b52b21', NULL, false, 'old', '', '', 'old@example.com', false, true, '2009-01-01 00:00:00+00');
