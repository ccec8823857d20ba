-- The table of Spring Security's JdbcUserDetailsManager on PostgreSQL, and hashes of Spring Security Crypto 6.5.7.
CREATE TABLE users (
    username varchar(50) NOT NULL PRIMARY KEY,
    password varchar(500) NOT NULL,
    enabled boolean NOT NULL);
INSERT INTO users VALUES
    ('ada', '{bcrypt}$2a$10$BMmeHP3biVzAisdWBM8P9uHMRdR.szn2TcPnWdLG2g1ud/26ioa06', true),
    ('grace', '{pbkdf2@SpringSecurity_v5_8}101df15b1f4f4707596c24323ba88224e2228ad1cfa0b2062368e01d9a0e195932cf2d19216c52b39914984074b5bb59', false);
