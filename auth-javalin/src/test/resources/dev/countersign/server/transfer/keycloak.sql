-- The columns of Keycloak 26 on PostgreSQL that the recipe reads, and what its hash providers make.
CREATE TABLE realm (id varchar(36) PRIMARY KEY, name varchar(255) UNIQUE);
CREATE TABLE user_entity (
    id varchar(36) PRIMARY KEY, email varchar(255), enabled boolean NOT NULL DEFAULT false, first_name varchar(255),
    last_name varchar(255), realm_id varchar(255), username varchar(255), created_timestamp bigint, service_account_client_link varchar(255));
CREATE TABLE credential (
    id varchar(36) PRIMARY KEY, salt bytea, type varchar(255), user_id varchar(36), created_date bigint, user_label varchar(255),
    secret_data text, credential_data text, priority integer);
INSERT INTO realm VALUES ('3f0c7f36-2f5f-4f63-9b7b-8f8a2f0f0a01', 'shop');
INSERT INTO user_entity VALUES
    ('0b9c5c5e-8f2e-4a55-9a5e-2d6a3f1f0001', 'ada@example.com', true, 'Ada', 'Lovelace', '3f0c7f36-2f5f-4f63-9b7b-8f8a2f0f0a01', 'ada', 1556964672345, NULL),
    ('0b9c5c5e-8f2e-4a55-9a5e-2d6a3f1f0002', 'grace@example.com', false, 'Grace', NULL, '3f0c7f36-2f5f-4f63-9b7b-8f8a2f0f0a01', 'grace@example.com', 1577836800000, NULL),
    ('0b9c5c5e-8f2e-4a55-9a5e-2d6a3f1f0003', NULL, true, NULL, NULL, '3f0c7f36-2f5f-4f63-9b7b-8f8a2f0f0a01', 'by-google', 1609459200000, NULL),
    ('0b9c5c5e-8f2e-4a55-9a5e-2d6a3f1f0004', NULL, true, NULL, NULL, '3f0c7f36-2f5f-4f63-9b7b-8f8a2f0f0a01', 'service-account-shop', 1609459200000, 'd4f3'),
    ('0b9c5c5e-8f2e-4a55-9a5e-2d6a3f1f0005', NULL, true, NULL, NULL, 'another-realm', 'stranger', 1609459200000, NULL);
INSERT INTO credential VALUES
    ('1', NULL, 'password', '0b9c5c5e-8f2e-4a55-9a5e-2d6a3f1f0001', 1, NULL, '{"value":"Dhkphh05xvVyMyL/MIc3Bfeg131kqhpaOaqgpytZRSzmKEITR1ZDScXgKYQyyMhJHt0DkjG6zBMKYVfNGfhYog==","salt":"YjbKksJ8CcqhKwjcazLziQ==","additionalParameters":{}}', '{"hashIterations":27500,"algorithm":"pbkdf2-sha256","additionalParameters":{}}', 10),
    ('2', NULL, 'otp', '0b9c5c5e-8f2e-4a55-9a5e-2d6a3f1f0001', 1, NULL, '{"value":"secret"}', '{}', 20),
    ('3', NULL, 'password', '0b9c5c5e-8f2e-4a55-9a5e-2d6a3f1f0002', 1, NULL, '{"value":"yk6lFWLkeUWoYxaf1KJRUFNylXkaz3oE66i1hN8Insk=","salt":"LNGh5XuWtO+Clej3CtEX5w==","additionalParameters":{}}', '{"hashIterations":5,"algorithm":"argon2","additionalParameters":{"hashLength":["32"],"memory":["7168"],"type":["id"],"version":["1.3"],"parallelism":["1"]}}', 10);
