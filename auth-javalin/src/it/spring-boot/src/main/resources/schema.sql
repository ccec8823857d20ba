CREATE TABLE customer (
    user_id BIGINT NOT NULL CHECK (user_id < 2)
);
