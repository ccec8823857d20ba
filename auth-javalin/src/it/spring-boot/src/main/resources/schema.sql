CREATE TABLE customer (
    user_id BIGINT NOT NULL,
    name    TEXT   NOT NULL CHECK (name <> 'mallory')
);
