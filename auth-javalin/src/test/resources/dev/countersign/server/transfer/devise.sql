-- The table that Devise 4.8 and Rails 6.1 make on PostgreSQL (rails generate devise User, with :trackable), and hashes of Devise::Encryptor.
CREATE TABLE users (
    id bigserial PRIMARY KEY,
    email character varying DEFAULT '' NOT NULL,
    encrypted_password character varying DEFAULT '' NOT NULL,
    reset_password_token character varying,
    reset_password_sent_at timestamp without time zone,
    remember_created_at timestamp without time zone,
    sign_in_count integer DEFAULT 0 NOT NULL,
    current_sign_in_at timestamp without time zone,
    last_sign_in_at timestamp without time zone,
    current_sign_in_ip character varying,
    last_sign_in_ip character varying,
    created_at timestamp(6) without time zone NOT NULL,
    updated_at timestamp(6) without time zone NOT NULL);
INSERT INTO users (id, email, encrypted_password, current_sign_in_at, created_at, updated_at) VALUES
    (2, 'ada@example.com', '$2a$12$nmMoPijEZBVI.1ImQcLEIuRZ3oE7TObT5J7B8rvyJA.ECbUJpY7Vy', '2024-02-29 12:00:00', '2019-05-04 10:11:12.345678', '2024-01-02 03:04:05'),
    (3, 'long@example.com', '$2a$12$0rQTMHlbrvwhTL8QF7P1k.P.1f3WJ9oqhSAPfa5Zp.YCxmQYI.bwy', NULL, '2020-01-01 00:00:00', '2020-01-01 00:00:00'),
    (7, 'by-google@example.com', '', NULL, '2021-01-01 00:00:00', '2021-01-01 00:00:00');
