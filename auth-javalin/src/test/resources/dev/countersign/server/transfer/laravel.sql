-- The table that Laravel 8 makes on PostgreSQL, and hashes of its BcryptHasher and Argon2IdHasher.
CREATE TABLE users (
    id bigserial PRIMARY KEY,
    name varchar(255) NOT NULL,
    email varchar(255) NOT NULL UNIQUE,
    email_verified_at timestamp(0) without time zone NULL,
    password varchar(255) NOT NULL,
    remember_token varchar(100) NULL,
    created_at timestamp(0) without time zone NULL,
    updated_at timestamp(0) without time zone NULL);
INSERT INTO users (id, name, email, password, created_at, updated_at) VALUES
    (1, 'Ada Lovelace', 'ada@example.com', '$2y$10$OLgKWYCDuc8csrF5LKNP4e8vIWJmGtkoNcxnUGAmdwI6tAtgjMiRe', '2019-05-04 10:11:12', '2024-01-02 03:04:05'),
    (2, 'Grace "Amazing" Hopper', 'grace@example.com', '$argon2id$v=19$m=1024,t=2,p=2$TVpvQms3RWhNRDZwdWZ2aA$Lm+fKj3Pa/nBrkqRIDYtEucGfMHZA8B1bwlTDMqc0JY', NULL, NULL),
    (5, 'Long', 'long@example.com', '$2y$10$8ueAgtaspChujV7fGKYcZu3tDIM1QAGyvp9K4gXhEQkHOh.USKSye', '2020-01-01 00:00:00', '2020-01-01 00:00:00');
